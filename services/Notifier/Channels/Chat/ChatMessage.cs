using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Chat;

/// <summary>
/// What people are told, before a channel writes it as its receiver wants it: a title and lines. Texts that others wrote are on one line and
/// short, so that none of them pushes the others out. Pure.
/// </summary>
/// <param name="Tone">What it is about.</param>
/// <param name="Title">What happened, in a few words, of at most <see cref="LongestTitle"/> characters.</param>
/// <param name="Lines">What there is to say beside the title, the most important first.</param>
/// <param name="At">When it happened.</param>
internal sealed record ChatMessage(ChatTone Tone, string Title, IReadOnlyList<ChatLine> Lines, DateTimeOffset At)
{
    /// <summary>The most characters of a title.</summary>
    public const int LongestTitle = 200;

    /// <summary>How many changes of a digest are shown, failures first. Nobody reads more of a chat.</summary>
    public const int MostShown = 20;

    private const int LongestValue = 400;

    /// <summary>A sign for receivers that show no colours.</summary>
    public string Sign => Tone switch
    {
        ChatTone.Failure => "🔴",
        ChatTone.Recovery => "🟢",
        ChatTone.Notice => "🟡",
        _ => "🔵",
    };

    /// <summary>The title behind its sign.</summary>
    public string SignedTitle => $"{Sign} {Title}";

    public static ChatMessage Of(Telling telling) => telling switch
    {
        { Digest: { } parts } => OfDigest(telling.Id, new DigestSummary(parts)),
        { Change.Notice: { } notice } => OfNotice(notice),
        { Change: { } change } => OfChange(change),
        _ => new(ChatTone.Test, Titled("Test message for ", telling.Notifier, ""), [new(null, ChangeWords.Test)], telling.At),
    };

    private static ChatMessage OfChange(TargetStatusChanged change)
    {
        var isFailure = change.To != "PASS";
        var description = change.TargetDescription?.Split('\n').Where(line => line.Trim().Length > 0).Take(5) ?? [];
        return new(
            isFailure ? ChatTone.Failure : ChatTone.Recovery,
            Titled("", change.Name, isFailure ? " has failed" : " passes again"),
            [
                .. isFailure ? [new ChatLine(null, $"{Value(change.Description)}.")] : Array.Empty<ChatLine>(),
                new(null, ChangeWords.WhatWas(change)),
                new("URL", Value(SafeUrl.Of(change.Url))) { BeginsPart = true },
                new("When", ChangeWords.Instant(change.At)),
                .. isFailure ? [new ChatLine("Reason", Value(change.Reason))] : Array.Empty<ChatLine>(),
                .. change.Group is { Length: > 0 } group ? [new ChatLine("Group", Value(group))] : Array.Empty<ChatLine>(),
                .. change.Labels is { Count: > 0 } labels ? [new ChatLine("Labels", Value(LabelText.Of(labels)))] : Array.Empty<ChatLine>(),
                .. change.Advice is { Length: > 0 } advice ? [new ChatLine("Advice", Value(advice)) { BeginsPart = true }] : Array.Empty<ChatLine>(),
                .. description.Select((line, i) => new ChatLine(i == 0 ? "Description" : null, Value(line)) { BeginsPart = i == 0 }),
            ],
            change.At);
    }

    private static ChatMessage OfDigest(string id, DigestSummary summary)
    {
        var changes = summary.Changes.ToList();
        var more = changes.Count - MostShown;
        return new(
            summary.Failed.Count > 0 ? ChatTone.Failure : ChatTone.Recovery,
            DigestWords.What(summary),
            [
                new(null, $"{char.ToUpperInvariant(DigestWords.When(summary)[0])}{DigestWords.When(summary)[1..]}."),
                .. summary.Reasons.Take(5).Select((reason, i) => new ChatLine(Value(reason.Key), DigestWords.Number(reason.Value)) { BeginsPart = i == 0 }),
                .. changes.Take(MostShown).Select((change, i) => OfPart(change) with { BeginsPart = i == 0 }),
                .. more > 0 ? [new ChatLine(null, $"… and {DigestWords.Number(more)} more.")] : Array.Empty<ChatLine>(),
                new("All of them", $"skypunch notifiers deliveries --digest {id}") { BeginsPart = true },
            ],
            summary.Latest);
    }

    private static ChatLine OfPart(TargetStatusChanged change)
        => new(ClippedText.OfLine(change.Name, 100), change.To == "PASS" ? "passes again" : ClippedText.OfLine(change.Description, 150));

    private static ChatMessage OfNotice(Notice notice) => new(
        ChatTone.Notice,
        Titled("", notice.Subject, ""),
        [
            .. notice.Text.Split('\n').Where(line => line.Trim().Length > 0).Take(10).Select(line => new ChatLine(null, ClippedText.OfLine(line, 1000))),
            new("When", ChangeWords.Instant(notice.At)) { BeginsPart = true },
            new(null, "This is a notice of Skypunch itself. It says nothing of whether a target passes or fails."),
        ],
        notice.At);

    private static string Titled(string before, string text, string after)
        => $"{before}{(ClippedText.OfLine(text, LongestTitle - before.Length - after.Length) is { Length: > 0 } title ? title : "(no name)")}{after}";

    private static string Value(string text) => ClippedText.OfLine(text, LongestValue);
}

using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>The content of a digest's mail, for its plain text and its HTML. All times are in UTC.</summary>
internal sealed class DigestMailContent
{
    /// <summary>The name of the attached table.</summary>
    public const string TableName = "changes.csv";

    /// <summary>How many changes the text shows, failures first. Nobody reads more of a mail.</summary>
    public const int MostShown = 20;

    public DigestMailContent(string id, DigestSummary summary)
    {
        Summary = summary;
        var (failed, recovered) = (summary.Failed.Count, summary.Recovered.Count);
        Count = failed + recovered;
        Failed = [.. summary.Failed.Take(MostShown).Select(part => Row(part.Change))];
        Recovered = [.. summary.Recovered.Take(MostShown - Failed.Count).Select(part => Row(part.Change))];
        Subject = failed == 0
            ? $"Skypunch SUCCESS detected for {DigestWords.Targets(recovered)}"
            : $"Skypunch FAILURE detected for {DigestWords.Targets(failed)}{(recovered == 0 ? "" : $", SUCCESS for {Number(recovered)}")}";
        Sentence = $"{DigestWords.What(summary)}, {DigestWords.When(summary)}.";
        Commands =
        [
            ("skypunch incidents --open", "lists what is down now."),
            ($"skypunch notifiers deliveries --digest {id}", "lists the changes of this message."),
        ];
    }

    public DigestSummary Summary { get; }

    public string Subject { get; }

    /// <summary>What happened, in a sentence.</summary>
    public string Sentence { get; }

    /// <summary>How many changes the message tells of.</summary>
    public int Count { get; }

    public bool IsFailure => Summary.Failed.Count > 0;

    /// <summary>The first failures.</summary>
    public IReadOnlyList<DigestRow> Failed { get; }

    /// <summary>The first recoveries.</summary>
    public IReadOnlyList<DigestRow> Recovered { get; }

    /// <summary>Whether all changes are attached as a table, since the text does not have them all.</summary>
    public bool HasTable => Count > Failed.Count + Recovered.Count;

    /// <summary>Commands that tell more, each with what it does.</summary>
    public IReadOnlyList<(string Command, string Does)> Commands { get; }

    /// <summary>The title of a list: <c>Failed, the first 20 of 812</c>.</summary>
    public static string Title(string word, int shown, int all) => shown == all ? $"{word}, {Number(all)}" : $"{word}, the first {Number(shown)} of {Number(all)}";

    public static string Number(int number) => DigestWords.Number(number);

    private static DigestRow Row(TargetStatusChanged change) => new(ChangeWords.Instant(change.At), change.Name, SafeUrl.Of(change.Url), change.Reason, change.Description);
}

/// <summary>A change in the text of a digest's mail.</summary>
/// <param name="When">When it happened.</param>
/// <param name="Name">The target's name.</param>
/// <param name="Url">The target's URL without its secrets.</param>
/// <param name="Reason">The code of the reason.</param>
/// <param name="Description">The result in words.</param>
internal sealed record DigestRow(string When, string Name, string Url, string Reason, string Description);

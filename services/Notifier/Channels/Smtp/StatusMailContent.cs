using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>The content of a status mail, for its plain text and its HTML. All times are in UTC.</summary>
internal sealed class StatusMailContent(TargetStatusChanged change)
{
    public const string Footer = "All times are in UTC. Sent by Skypunch.";

    public bool IsFailure { get; } = change.To != "PASS";

    public string Status => change.To;

    /// <summary>What happened, in a sentence or two.</summary>
    public string Summary => $"{WhatIsNow} {ChangeWords.WhatWas(change)}";

    /// <summary>What can be done about it; empty where there is nothing to say.</summary>
    public string Advice { get; } = change.Advice ?? "";

    /// <summary>What people should know of the target, line by line; no line where there is nothing to say.</summary>
    public IReadOnlyList<string> Description { get; } = change.TargetDescription?.Split('\n') ?? [];

    public IReadOnlyList<(string Label, string Value)> StatusTable { get; } =
    [
        ("ID", Number(change.TargetId)),
        ("Name", change.Name),
        ("Status", change.To),
        ("Previous Status", change.From),
        ("Status Description", change.Description),
        ("Reason", change.Reason),
        ("When", ChangeWords.Instant(change.At)),
        ("Target URL", SafeUrl.Of(change.Url)),
        ("Target Method", change.Method),
        ("Authentication", change.Authn),
        ("Expected Value", change.PassResult),
        ("Frequency (sec)", Seconds(change.Frequency)),
        ("Timeout (sec)", Seconds(change.Timeout)),
        .. change.Group is { Length: > 0 } group ? [("Group", group)] : Array.Empty<(string, string)>(),
        .. change.Labels is { Count: > 0 } labels ? [("Labels", LabelText.Of(labels))] : Array.Empty<(string, string)>(),
    ];

    public IReadOnlyList<(string Label, string Value)> Statistics { get; } =
    [
        ("Pass Count", Number(change.Counters.Pass)),
        ("Fail Count", Number(change.Counters.Fail)),
        ("200 Status Count", Number(change.Counters.Status200)),
        ("300 Status Count", Number(change.Counters.Status300)),
        ("400 Status Count", Number(change.Counters.Status400)),
        ("500 Status Count", Number(change.Counters.Status500)),
        ("Network Fail Count", Number(change.Counters.NetworkFails)),
        ("Repeated Fail Count", Number(change.Counters.RepeatedFails)),
    ];

    public IReadOnlyList<string> Trace { get; } = [.. TraceText.Lines(change.Trace, change.Description, change.ProbedAt ?? change.At)];

    private string WhatIsNow => IsFailure
        ? $"{change.Name} has failed at {ChangeWords.Instant(change.At)}: {change.Description}."
        : $"{change.Name} passes again since {ChangeWords.Instant(change.At)}.";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}

using Skypunch.Contracts;
using Skypunch.Notifier.Channels;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>Samples of everything that a notifier can be told.</summary>
internal static class Tellings
{
    public static readonly Telling Test = new() { Id = "test.1", Notifier = "ops", At = AChange.Noon };

    public static readonly Telling Failure = Of(AChange.Failure());

    public static readonly Telling Recovery = Of(AChange.Recovery());

    public static readonly Telling Notice = Of(AChange.Failure() with
    {
        From = "notice",
        To = "cut_off",
        Notice = new Notice
        {
            NoticeId = Guid.Empty,
            About = "Prober one",
            Kind = "cut_off",
            Subject = "Prober one is cut off",
            Text = "It reaches nothing.\nSee its network.",
            At = AChange.Noon,
        },
    });

    /// <summary>A change in which every text that people write is as odd as possible.</summary>
    public static readonly Telling Odd = Of(AChange.Failure() with
    {
        Name = "a\r\nBcc: x@example.org\0\u202E=?utf-8?q?x?=</b>\"",
        Description = "\u2028\ud800{{ x }} & <script>",
        Url = "no url",
        Since = null,
        Advice = null,
        Trace = [],
    });

    public static readonly Telling Digest = new()
    {
        Id = "digest.0123456789abcdef0123456789abcdef",
        Notifier = "ops",
        Digest =
        [
            new("7.0123456789abcdef0123456789abcdef", AChange.Failure()),
            new("8.0123456789abcdef0123456789abcdef", AChange.Recovery(2, AChange.Noon.AddSeconds(1))),
            new("9.0123456789abcdef0123456789abcdef", Odd.Change!),
        ],
        At = AChange.Noon,
    };

    /// <summary>Tellings with texts that are long, and that are markup or half a character to somebody.</summary>
    public static IReadOnlyList<Telling> Hostile { get; } =
    [
        .. HostileTexts().SelectMany(text => new[]
        {
            Test with { Notifier = text },
            Of(With(AChange.Failure(), text)),
            Of(With(AChange.Recovery(), text)),
            Of(Notice.Change! with { Notice = Notice.Change!.Notice! with { Subject = text, Text = $"{text}\n{text}", About = text } }),
            Digest with { Digest = [.. Enumerable.Range(1, 500).Select(i => new DigestPart($"{i}.0123456789abcdef0123456789abcdef", i % 7 == 0 ? AChange.Recovery(i) : i < 30 ? With(AChange.Failure(i), text) : AChange.Failure(i)))] },
        }),
    ];

    public static IReadOnlyList<Telling> All => [Test, Failure, Recovery, Notice, Odd, Digest];

    public static Telling Of(TargetStatusChanged change) => new() { Id = "7.0123456789abcdef0123456789abcdef", Notifier = "ops", Change = change, At = AChange.Noon };

    private static IEnumerable<string> HostileTexts()
    {
        string[] pieces =
        [
            "x", "&", "<", "\"\\", "\n", "\U0001F525", "\u4E16", "\ud800", "\0\u001b[31m", "'\u00E9",
            "<!channel> <@U0> @all @everyone *b* _i_ ~s~ `c` > # [a](https://evil.example) ![p](https://evil.example/p.png) <a href=\"https://evil.example\">a</a> <script>&amp;{{ 7 | times: 7 }}{% for %}",
        ];
        return pieces.Select(piece => string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length))).Append("");
    }

    private static TargetStatusChanged With(TargetStatusChanged change, string text) => change with
    {
        Name = text,
        Url = $"https://example.org/{text}",
        Description = text,
        Reason = text,
        Advice = text,
        TargetDescription = text,
        Group = text,
        Labels = new Dictionary<string, string> { [text] = text },
    };
}

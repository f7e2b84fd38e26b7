using System.Globalization;
using System.Text.RegularExpressions;

namespace Skypunch.Bench.Scenarios;

/// <summary>All scenarios.</summary>
internal static partial class ScenarioCatalog
{
    /// <summary>The scenarios that have a name.</summary>
    public static IReadOnlyList<Scenario> Named { get; } =
    [
        new("slow", "2,000 targets at 10 s that take 2 s each", [new(2000, 10, TargetKind.Slow)]),
        new(
            "half-down",
            "1,000 healthy targets at 1 s beside 1,000 at 10 s that time out after 9 s",
            [new(1000, 1), new(1000, 10, TargetKind.Hang, Timeout: 9)]),
        new("flip", "1,000 targets at 1 s that all fail at once and recover at once: mails in bulk", [new(1000, 1)], Procedure.Flip),
        new("start", "50,000 targets at 60 s: a first start, and a start after a stop", [new(50_000, 60)], Procedure.Start, Seconds: 60),
        new(
            "first-alert",
            "10 targets at 5 s, of which one fails 10 s after a start: how soon its mail comes, for five starts",
            [new(10, 5)],
            Procedure.FirstAlert,
            Seconds: 10),
        new("scale", "1, 2 and 4 Probers with 100 places each on targets that take 2 s (distributed)", [new(2500, 10, TargetKind.Slow)], Procedure.Scale),
        new("tls", "500 targets at 1 s over TLS", [new(500, 1, IsTls: true)]),
        new("tls-spread", "500 targets at 1 s over TLS, spread over two Probers (distributed)", [new(500, 1, IsTls: true)], Probers: 2),
        new("steady", "2,000 targets at 1 s for five minutes: whether memory or lateness grow", [new(2000, 1)], Seconds: 300),
        new(
            "idle",
            "10 targets at 60 s: the share of a core that Skypunch takes when it has almost nothing to do",
            [new(10, 60)],
            Procedure.WatchAlone,
            Seconds: 60,
            WarmUpSeconds: 900), // with so little to do it takes long until all code is compiled
    ];

    /// <summary>Finds a scenario.</summary>
    /// <param name="name">A name from <see cref="Named"/>, or N targets at F seconds as <c>1000x1s</c>.</param>
    public static Scenario? Find(string name)
    {
        if (Grid().Match(name) is not { Success: true } grid)
        {
            return Named.FirstOrDefault(scenario => scenario.Name == name);
        }

        var (count, frequency) = (Number(grid.Groups[1]), Number(grid.Groups[2]));
        return count is 0 || frequency is 0
            ? null
            : new Scenario(name, string.Create(CultureInfo.InvariantCulture, $"{count:n0} targets at {frequency} s"), [new TargetGroup(count, frequency)]);
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{1,6})x(\d{1,4})s$")]
    private static partial Regex Grid();
}

using System.Globalization;
using Skypunch.Bench.Faults;
using Skypunch.Bench.Runs;
using Skypunch.Bench.Scenarios;

namespace Skypunch.Bench;

/// <summary>The command line of the bench.</summary>
internal sealed record BenchArguments
{
    private const int LongestWindow = 86_400;

    /// <summary>A scenario, <c>all</c>, <c>micro</c> or <c>trace</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>The arguments after the verb that are not options.</summary>
    public IReadOnlyList<string> Rest { get; init; } = [];

    public Mode Mode { get; init; } = Mode.Standalone;

    /// <summary>How long to watch; null means the scenario's own time.</summary>
    public int? Seconds { get; init; }

    /// <summary>The scenario that the verb names.</summary>
    /// <exception cref="BenchException">The verb names no scenario.</exception>
    public RunPlan Plan()
    {
        var scenario = ScenarioCatalog.Find(Verb)
            ?? throw new BenchException($"There is no scenario '{Verb}'; --help lists them, and 1000x1s means 1,000 targets at 1 s.");
        return new RunPlan(scenario, Mode, Seconds ?? scenario.Seconds);
    }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="BenchException">The command line is not understood.</exception>
    public static BenchArguments Parse(IReadOnlyList<string> args)
    {
        var rest = new List<string>();
        var (mode, seconds) = (Mode.Standalone, (int?)null);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            switch (name)
            {
                case "--mode":
                    mode = ModeOf(value ?? args.ElementAtOrDefault(++i));
                    break;
                case "--seconds":
                    seconds = SecondsOf(value ?? args.ElementAtOrDefault(++i));
                    break;
                case ['-', ..]:
                    throw new BenchException($"The bench does not know '{args[i]}'; see --help.");
                default:
                    rest.Add(args[i]);
                    break;
            }
        }

        return rest.Count == 0
            ? throw new BenchException("Which scenario? See --help.")
            : new BenchArguments { Verb = rest[0], Rest = rest[1..], Mode = mode, Seconds = seconds };
    }

    private static Mode ModeOf(string? text)
        => text is not null && char.IsLetter(text.FirstOrDefault()) && Enum.TryParse<Mode>(text, ignoreCase: true, out var mode)
            ? mode
            : throw new BenchException("--mode must be standalone or distributed.");

    private static int SecondsOf(string? text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= LongestWindow
            ? seconds
            : throw new BenchException($"--seconds must be a number from 1 to {LongestWindow}.");
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Verbs;
using Skypunch.Contracts.Texts;
using Option = System.CommandLine.Option;

namespace Skypunch.Cli.History;

/// <summary>The options that say over which time uptime is computed.</summary>
internal sealed class WindowOptions
{
    /// <summary>The windows until now.</summary>
    public Option<Duration[]> Windows { get; } = new("--window")
    {
        HelpName = "TIME",
        Description = "The time until now, 1m to 800d, such as 24h, 7d, 30d or 365d. May be given several times.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ReadWindows,
    };

    public Option<string?> Month { get; } = Parsed.Of(
        "--month", "YYYY-MM", "A calendar month, in UTC unless --zone says otherwise.", "must be a month, such as 2026-10", text => MonthOf(text) is null ? null : text);

    public Option<string> Zone { get; } = Parsed.Text("--zone", "ZONE", "The time zone of --month, such as Europe/Berlin. Default: UTC.");

    public Option<Moment?> Since { get; } = Moment.Option("--since", "The begin: a date, or how long ago.");

    public Option<Moment?> Until { get; } = Moment.Option("--until", "The end, with --since. Default: now.");

    /// <summary>The name of the time zone; empty for UTC.</summary>
    public string ZoneOf(Session session) => session.Given.GetValue(Zone) ?? "";

    /// <summary>The time zone in which people want to see the window: that of a month; null: their own.</summary>
    public string? ShownZone(Session session) => session.Given.GetValue(Month) is null ? null : session.Given.GetValue(Zone) ?? "UTC";

    /// <summary>The windows that were given; none where none was.</summary>
    /// <exception cref="CliFault">Options that exclude each other were given.</exception>
    public IReadOnlyList<UptimeWindow> Of(Session session)
    {
        var given = session.Given;
        var ways = new Option[] { Windows, Month, Since }.Where(option => given.GetResult(option) is { Implicit: false }).ToList();
        Require(ways.Count <= 1, $"{string.Join(" and ", ways.Select(option => option.Name))} exclude each other");
        Require(given.GetValue(Until) is null || given.GetValue(Since) is not null, "--until needs --since");
        Require(given.GetValue(Zone) is null || given.GetValue(Month) is not null, "--zone needs --month: other times have no days that it could move");
        var way = ways.Count == 1 ? ways[0].Name : Windows.Name;
        session.Subject.Name("windows", way);
        session.Subject.Name("window", way);
        session.Subject.Name("time_zone", Zone.Name);
        if (given.GetValue(Month) is { } month)
        {
            return [new UptimeWindow { Month = month }];
        }

        var clock = session.Surroundings.Time;
        return given.GetValue(Since) is { } since
            ? [new UptimeWindow { Range = Moment.Range(since, given.GetValue(Until), clock) }]
            : [.. (given.GetValue(Windows) ?? []).Select(Last)];
    }

    /// <summary>The time until now.</summary>
    public static UptimeWindow Last(Duration window) => new() { Last = window };

    /// <summary>Windows as people write them.</summary>
    public static IReadOnlyList<UptimeWindow> Last(params IEnumerable<string> windows)
        => [.. windows.Select(text => DurationText.TryParse(text, out var window) ? Last(window.ToDuration()) : throw new ArgumentException(text))];

    private static void Require(bool holds, string line)
    {
        if (!holds)
        {
            throw CliFault.Usage(line);
        }
    }

    private static DateTime? MonthOf(string text)
        => DateTime.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    private static Duration[] ReadWindows(ArgumentResult result)
    {
        var windows = new List<Duration>();
        foreach (var token in result.Tokens)
        {
            if (DurationText.TryParse(token.Value, out var window) && window >= TimeSpan.FromMinutes(1) && window <= TimeSpan.FromDays(800))
            {
                windows.Add(window.ToDuration());
            }
            else
            {
                result.AddError("--window: must be the time until now, 1m to 800d, such as 24h, 7d, 30d or 365d");
            }
        }

        return [.. windows];
    }
}

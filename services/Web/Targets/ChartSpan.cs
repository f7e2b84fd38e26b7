using System.Globalization;
using Skypunch.Admin.V1;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Targets;

/// <summary>The time that a chart shows, as it stands in the address: <c>span=24h</c>, or <c>from</c> and <c>to</c> in seconds since 1970.</summary>
/// <param name="Name">The name of a span that ends now; empty: it is one between two instants.</param>
/// <param name="From">The begin.</param>
/// <param name="To">The end.</param>
public sealed record ChartSpan(string Name, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The most results one by one that are asked for.</summary>
    private const int MostResults = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(799);

    /// <summary>The spans to choose from.</summary>
    public static IReadOnlyList<(string Name, TimeSpan Length)> All { get; } =
    [
        ("1h", TimeSpan.FromHours(1)),
        ("6h", TimeSpan.FromHours(6)),
        ("24h", TimeSpan.FromDays(1)),
        ("7d", TimeSpan.FromDays(7)),
        ("30d", TimeSpan.FromDays(30)),
        ("90d", TimeSpan.FromDays(90)),
        ("1y", TimeSpan.FromDays(365)),
    ];

    public static ChartSpan Of(Visit visit)
    {
        if (Instant(visit.Query("from")) is { } from && Instant(visit.Query("to")) is { } to && from < to && to - from <= Longest)
        {
            return new("", from, to);
        }

        var (name, length) = All.FirstOrDefault(span => span.Name == visit.Query("span"), All[2]);
        return new(name, visit.Now - length, visit.Now);
    }

    /// <summary>The step of the points: results one by one where there are not too many, then hours, then days.</summary>
    public SeriesStep StepFor(TimeSpan frequency) => (To - From) switch
    {
        var span when span / frequency <= MostResults && span <= TimeSpan.FromDays(7) => SeriesStep.Result,
        var span when span <= TimeSpan.FromDays(35) => SeriesStep.Hour,
        _ => SeriesStep.Day,
    };

    private static DateTimeOffset? Instant(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 10_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}

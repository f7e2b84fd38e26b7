using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;

namespace Skypunch.Web.Charts;

/// <summary>Where the lines and marks of a latency chart lie. Pure.</summary>
public sealed class LatencyChart
{
    public const int Width = 960;
    public const int Height = 240;
    public const int Left = 56;
    public const int Right = 8;
    public const int Top = 8;
    public const int Bottom = 44;

    private static readonly int[] NiceNumbers = [1, 2, 4, 8, 10];

    private readonly IReadOnlyList<SeriesPoint> _points;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _to;

    /// <summary>Puts points into a chart.</summary>
    /// <param name="points">The points, oldest first.</param>
    /// <param name="from">The left edge.</param>
    /// <param name="to">The right edge, later than the left one.</param>
    public LatencyChart(IReadOnlyList<SeriesPoint> points, DateTimeOffset from, DateTimeOffset to)
    {
        (_points, _from, _to) = (points, from, to);
        Most = NiceCeiling(points.Where(p => p.PassCount > 0).Select(p => Milliseconds(p.Latency?.P99 ?? p.Latency?.P95 ?? p.Latency?.P50)).DefaultIfEmpty(0).Max());
    }

    /// <summary>The latency at the upper edge, in milliseconds.</summary>
    public double Most { get; }

    /// <summary>The lines across, with the latency of each in milliseconds.</summary>
    public IEnumerable<(double Y, double Milliseconds)> Grid => Enumerable.Range(0, 5).Select(i => (YOf(Most * i / 4), Most * i / 4));

    /// <summary>The instants at which the time is written, with their words in UTC.</summary>
    public IEnumerable<(double X, string Words)> Times()
    {
        var span = _to - _from;
        var form = span <= TimeSpan.FromHours(26) ? "HH:mm" : span <= TimeSpan.FromDays(8) ? "MM-dd HH:mm" : "yyyy-MM-dd";
        return Enumerable.Range(0, 5).Select(i => _from + (span * i / 4)).Select(at => (XOf(at), at.ToString(form, CultureInfo.InvariantCulture)));
    }

    /// <summary>The line of a percentile as a path; it has a gap where no probe passed.</summary>
    public string Line(Func<Latency, Duration?> percentile)
    {
        var path = new System.Text.StringBuilder();
        var (isOpen, step) = (false, Step);
        DateTimeOffset? before = null;
        foreach (var point in _points)
        {
            var at = point.StartTime.ToDateTimeOffset();
            if (point.PassCount == 0 || point.Latency is null || percentile(point.Latency) is not { } latency)
            {
                isOpen = false;
                continue;
            }

            isOpen &= before is { } last && at - last <= 3 * step;
            path.Append(CultureInfo.InvariantCulture, $"{(isOpen ? 'L' : 'M')}{XOf(at):0.#} {YOf(Milliseconds(latency)):0.#}");
            (isOpen, before) = (true, at);
        }

        return path.ToString();
    }

    /// <summary>Where probes failed: a mark for each point with failures, as high as their share.</summary>
    public IEnumerable<(double X, double Width, double Share, SeriesPoint Point)> Failures()
        => _points.Where(p => p.FailCount > 0).Select(p => (XOf(p.StartTime.ToDateTimeOffset()), Math.Max(2, WidthOfStep), p.FailCount / (double)(p.FailCount + p.PassCount), p));

    /// <summary>Where slots were not probed, and no result is known.</summary>
    public IEnumerable<(double X, double Width, SeriesPoint Point)> Missed()
        => _points.Where(p => p.MissedCount > 0 && p.PassCount + p.FailCount == 0).Select(p => (XOf(p.StartTime.ToDateTimeOffset()), Math.Max(2, WidthOfStep), p));

    /// <summary>A latency in milliseconds; 0 where there is none.</summary>
    public static double Milliseconds(Duration? latency) => latency?.ToTimeSpan().TotalMilliseconds ?? 0;

    private TimeSpan Step => _points.Count < 2
        ? _to - _from
        : _points.Zip(_points.Skip(1), (a, b) => b.StartTime.ToDateTimeOffset() - a.StartTime.ToDateTimeOffset()).Order().ElementAt((_points.Count - 1) / 2);

    private double WidthOfStep => Math.Min(40, (Width - Left - Right) * (Step / (_to - _from)) * 0.8);

    private double XOf(DateTimeOffset at) => Left + ((Width - Left - Right) * Math.Clamp((at - _from) / (_to - _from), 0, 1));

    private double YOf(double milliseconds) => Height - Bottom - ((Height - Top - Bottom) * Math.Clamp(Most <= 0 ? 0 : milliseconds / Most, 0, 1));

    // 1, 2, 4 or 8 times a power of ten: a quarter of it is a short number.
    private static double NiceCeiling(double most)
    {
        if (most <= 0)
        {
            return 100;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return NiceNumbers.First(n => n * power >= most) * power;
    }
}

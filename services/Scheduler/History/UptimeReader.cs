using Microsoft.Extensions.Options;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.History;

/// <summary>Computes the uptime of many targets over several windows, from the rows that all of them need, each read once.</summary>
internal sealed class UptimeReader(HistoryRows rows, IOptions<SchedulerOptions> options)
{
    /// <summary>For how long hours are kept, in milliseconds.</summary>
    public long HourRetention => (long)options.Value.HourRetention.TotalMilliseconds;

    /// <summary>Computes the uptimes, in the order of the targets and windows.</summary>
    public async Task<List<TargetUptime>> ReadAsync(IReadOnlyList<long> ids, IReadOnlyList<HistoryWindow> windows, long now, CancellationToken cancellationToken)
    {
        var summedUpTo = await rows.SummedUpToAsync(cancellationToken);
        var targets = await rows.TargetsAsync(ids, cancellationToken); // before the hours: an hour that ends meanwhile is then seen twice, and not never
        var cut = windows.Select(window => window.CutHour).OfType<int>().Distinct().ToList();
        var hours = (await rows.HoursAsync(ids, Distinct(windows.SelectMany(window => window.Hours(summedUpTo))), withPhases: false, cancellationToken)).ToLookup(hour => hour.TargetId);
        var days = (await rows.DaysAsync(ids, Distinct(windows.SelectMany(window => window.Days(summedUpTo))), withPhases: false, cancellationToken)).ToLookup(day => day.TargetId);
        var chunks = (await rows.ChunksAsync(ids, cut, cancellationToken)).ToLookup(chunk => chunk.TargetId);
        var incidents = (await rows.IncidentsAsync(
            ids,
            DateTimeOffset.FromUnixTimeMilliseconds(windows.Min(window => window.Start)),
            DateTimeOffset.FromUnixTimeMilliseconds(windows.Max(window => window.End)),
            cancellationToken)).ToLookup(incident => incident.TargetId, incident => UptimeOf.Span.Of(incident, now));

        return [.. ids.Select(id =>
        {
            var target = targets.GetValueOrDefault(id);
            var known = new KnownHistory(target, hours[id], days[id], chunks[id], [.. incidents[id]], summedUpTo, now);
            var uptime = new TargetUptime { TargetId = id, TargetName = target?.Name ?? "" };
            uptime.Uptimes.AddRange(windows.Select(known.Uptime));
            return uptime;
        })];
    }

    private static List<int> Distinct(IEnumerable<int> times) => [.. times.Distinct().Order()];
}

using Google.Protobuf.Collections;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Scheduler.History;

/// <summary>The admin API for the history of the targets.</summary>
internal sealed class HistoryAdmin(HistoryRows rows, IncidentReader incidents, UptimeReader uptimes, SeriesReader series, TimeProvider clock) : HistoryService.HistoryServiceBase
{
    private const int DefaultPageSize = 100;
    private const int DefaultReportSize = 500;
    private const int MostTargets = 1000;
    private const int MostWindows = 16;

    // How many hours are read at once, until a page of results is full: more each time, as results may be rare.
    private const int FirstHours = 1;
    private const int HoursAhead = 6; // of a clock that was set back
    private const int OldestHours = 400 * 24;

    public override async Task<ListIncidentsResponse> ListIncidents(ListIncidentsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var size = Paging.Size(request.PageSize, DefaultPageSize, faults);
        var query = new ListIncidentsRequest(request) { PageSize = 0, PageToken = "" };
        var before = QueryToken.Read(query, request.PageToken, 1, faults);
        CheckIds(request.TargetIds, atLeast: 0, faults);
        var (start, end) = (AskedSpan.Instant(request.StartTime, "start_time", faults), AskedSpan.Instant(request.EndTime, "end_time", faults));
        faults.Require(!(end <= start), "end_time", "must be later than start_time");
        faults.ThrowIfAny();

        var page = await incidents.ListAsync(request, start, end, before?[0], size, context.CancellationToken);
        var response = new ListIncidentsResponse { NextPageToken = page.Count < size ? "" : QueryToken.Of(query, page[^1].Id) };
        response.Incidents.AddRange(await incidents.ShowAsync(page, clock.GetUtcNow(), context.CancellationToken));
        return response;
    }

    public override async Task<GetIncidentResponse> GetIncident(GetIncidentRequest request, ServerCallContext context)
    {
        var row = await incidents.FindAsync(request.Id, context.CancellationToken) ?? throw AdminFaults.NotFound("incident", request.Id);
        return new GetIncidentResponse
        {
            Incident = (await incidents.ShowAsync([row], clock.GetUtcNow(), context.CancellationToken))[0],
            OpenedBy = await incidents.ChangeAsync(row.OpenedBy, context.CancellationToken),
            ClosedBy = await incidents.ChangeAsync(row.ClosedBy, context.CancellationToken),
        };
    }

    public override async Task<GetUptimeResponse> GetUptime(GetUptimeRequest request, ServerCallContext context)
    {
        var (faults, now) = (new FieldViolations(), clock.GetUtcNow());
        CheckIds(request.TargetIds, atLeast: 1, faults);
        faults.Require(request.Windows.Count is > 0 and <= MostWindows, "windows", $"must be 1 to {MostWindows}");
        var zone = AskedSpan.Zone(request.TimeZone, faults);
        var spans = request.Windows.Take(MostWindows).Select((window, i) => AskedSpan.Of(window, zone, now, $"windows[{i}]", faults)).ToList();
        faults.ThrowIfAny();

        var response = new GetUptimeResponse();
        response.Targets.AddRange(await uptimes.ReadAsync(
            request.TargetIds,
            [.. spans.Select(span => WindowOf(span, now.ToUnixTimeMilliseconds()))],
            now.ToUnixTimeMilliseconds(),
            context.CancellationToken));
        return response;
    }

    public override async Task<ListUptimesResponse> ListUptimes(ListUptimesRequest request, ServerCallContext context)
    {
        var (faults, now) = (new FieldViolations(), clock.GetUtcNow());
        var size = Paging.Size(request.PageSize, DefaultReportSize, faults);
        var query = new ListUptimesRequest(request) { PageSize = 0, PageToken = "" };
        var place = QueryToken.Read(query, request.PageToken, 2, faults);
        var asked = place is [_, > 0 and < 253_402_300_800_000 and var begun] ? DateTimeOffset.FromUnixTimeMilliseconds(begun) : now;
        var span = AskedSpan.Of(request.Window, AskedSpan.Zone(request.TimeZone, faults), asked, "window", faults);
        faults.ThrowIfAny();

        var ids = await rows.IdsAfterAsync(place?[0] ?? 0, size, context.CancellationToken);
        var (askedAt, response) = (asked.ToUnixTimeMilliseconds(), new ListUptimesResponse());
        response.NextPageToken = ids.Count < size ? "" : QueryToken.Of(query, ids[^1], askedAt);
        response.Targets.AddRange(await uptimes.ReadAsync(ids, [WindowOf(span, askedAt)], askedAt, context.CancellationToken));
        return response;
    }

    public override async Task<GetSeriesResponse> GetSeries(GetSeriesRequest request, ServerCallContext context)
    {
        var (faults, now) = (new FieldViolations(), clock.GetUtcNow());
        var span = AskedSpan.Of(request.Range, now, "range", faults);
        faults.Require(Enum.IsDefined(request.Step), "step", "must be RESULT, HOUR or DAY");
        faults.ThrowIfAny();

        var response = new GetSeriesResponse { Step = request.Step is SeriesStep.Unspecified ? SeriesReader.StepOf(span) : request.Step };
        response.Points.AddRange(await series.ReadAsync(request.TargetId, span, response.Step, now.ToUnixTimeMilliseconds(), context.CancellationToken));
        return response;
    }

    public override async Task<ListResultsResponse> ListResults(ListResultsRequest request, ServerCallContext context)
    {
        var (faults, now) = (new FieldViolations(), clock.GetUtcNow());
        var size = Paging.Size(request.PageSize, DefaultPageSize, faults);
        var query = new ListResultsRequest(request) { PageSize = 0, PageToken = "" };
        var before = QueryToken.Read(query, request.PageToken, 2, faults);
        var span = request.Range is null ? new AskedSpan(0, long.MaxValue) : AskedSpan.Of(request.Range, now, "range", faults);
        faults.ThrowIfAny();

        var results = await ResultsAsync(request.TargetId, span, before is null ? null : ((int)before[0], (int)before[1]), now, size, context.CancellationToken);
        var response = new ListResultsResponse { NextPageToken = results.Count < size ? "" : QueryToken.Of(query, results[^1].Hour, results[^1].Index) };
        response.Results.AddRange(results.Select(placed => RecentResults.ToProto(placed.Result)));
        return response;
    }

    private async Task<List<PlacedResult>> ResultsAsync(long id, AskedSpan span, (int Hour, int Index)? before, DateTimeOffset now, int size, CancellationToken cancellationToken)
    {
        var results = new List<PlacedResult>();
        var newest = (int)OpenHour.Of(Math.Min(span.End, (now + TimeSpan.FromHours(HoursAhead)).ToUnixTimeMilliseconds()));
        var (to, oldest) = (Math.Min(newest, before?.Hour ?? newest), Math.Max((int)OpenHour.Of(span.Start), newest - OldestHours));
        for (var hours = FirstHours; to >= oldest && results.Count < size; hours *= 4)
        {
            var from = Math.Max(oldest, to - hours + 1);
            var some = await series.ResultsAsync(id, from, to, cancellationToken);
            results.AddRange(some.Where(placed => placed.Result.Slot >= span.Start && placed.Result.Slot < span.End
                && (before is null || (placed.Hour, placed.Index).CompareTo(before.Value) < 0)).Reverse());
            to = from - 1;
        }

        return [.. results.Take(size)];
    }

    private HistoryWindow WindowOf(AskedSpan span, long now) => HistoryWindow.Of(span.Start, span.End, now, uptimes.HourRetention);

    private static void CheckIds(RepeatedField<long> ids, int atLeast, FieldViolations faults)
    {
        faults.Require(ids.Count >= atLeast && ids.Count <= MostTargets, "target_ids", $"must be {atLeast} to {MostTargets}");
        faults.Require(ids.Distinct().Count() == ids.Count, "target_ids", "must have each target once");
    }
}

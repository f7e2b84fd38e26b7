using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Scheduler.History;

public sealed class HistoryAdminTests : IAsyncLifetime
{
    private readonly StandIns _standIns = new();
    private SchedulerHost _host = null!;
    private HistoryService.HistoryServiceClient _history = null!;
    private TargetService.TargetServiceClient _targets = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulerHost.StartAsync(_standIns);
        (_history, _targets) = (new(_host.Channel), new(_host.Channel));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<UptimeWindow, string, string> BadWindows => new()
    {
        { new() { Last = new Duration() }, "", "windows[0].last" },
        { new() { Last = new Duration { Seconds = -5 } }, "", "windows[0].last" },
        { new() { Last = new Duration { Seconds = long.MaxValue } }, "", "windows[0].last" },
        { new() { Month = "2026-13" }, "", "windows[0].month" },
        { new() { Month = "2999-01" }, "", "windows[0].month" },
        { new() { Month = "October" }, "", "windows[0].month" },
        { new(), "", "windows[0]" },
        { new() { Range = new TimeRange() }, "", "windows[0].range.start_time" },
        { new() { Range = new TimeRange { StartTime = At(10), EndTime = At(10) } }, "", "windows[0].range.end_time" },
        { new() { Range = new TimeRange { StartTime = At(4_000_000_000) } }, "", "windows[0].range.start_time" },
        { new() { Range = new TimeRange { StartTime = At(4_000_000_000), EndTime = At(4_000_000_010) } }, "", "windows[0].range.start_time" },
        { new() { Last = Duration.FromTimeSpan(TimeSpan.FromDays(1)) }, "Europe/Atlantis", "time_zone" },
        { new() { Last = Duration.FromTimeSpan(TimeSpan.FromDays(1)) }, "../../etc/passwd", "time_zone" },
    };

    [Theory]
    [MemberData(nameof(BadWindows))]
    public async Task A_window_that_is_none_is_a_violation_of_its_field(UptimeWindow window, string zone, string field)
    {
        Assert.Equal([field], await FaultsAsync(() => _history.GetUptimeAsync(
            new GetUptimeRequest { TargetIds = { 1 }, Windows = { window }, TimeZone = zone }, cancellationToken: Cancellation)));
    }

    [Fact]
    public async Task A_page_token_of_another_query_is_a_violation()
    {
        await CreateAsync("x");
        await CreateAsync("y");
        var day = new UptimeWindow { Last = Duration.FromTimeSpan(TimeSpan.FromDays(1)) };
        var page = await _history.ListUptimesAsync(new ListUptimesRequest { Window = day, PageSize = 1 }, cancellationToken: Cancellation);
        var next = await _history.ListUptimesAsync(new ListUptimesRequest { Window = day, PageSize = 5, PageToken = page.NextPageToken }, cancellationToken: Cancellation);

        Assert.Equal(("x", "y"), (Assert.Single(page.Targets).TargetName, Assert.Single(next.Targets).TargetName));
        Assert.Equal(page.Targets[0].Uptimes[0].EndTime, next.Targets[0].Uptimes[0].EndTime);
        Assert.Equal(["page_token"], await FaultsAsync(() => _history.ListUptimesAsync(
            new ListUptimesRequest { Window = new UptimeWindow { Month = "2026-01" }, PageToken = page.NextPageToken }, cancellationToken: Cancellation)));
        Assert.Equal(["page_token"], await FaultsAsync(() => _history.ListResultsAsync(new ListResultsRequest { TargetId = 1, PageToken = "nonsense" }, cancellationToken: Cancellation)));
    }

    [Fact]
    public async Task Each_target_is_asked_for_once_and_each_instant_is_valid()
    {
        var request = new GetUptimeRequest { TargetIds = { 1, 1 }, Windows = { new UptimeWindow { Last = new Duration { Seconds = 3600 } } } };
        Assert.Equal(["target_ids"], await FaultsAsync(() => _history.GetUptimeAsync(request, cancellationToken: Cancellation)));
        Assert.Equal(["target_ids", "windows"], await FaultsAsync(() => _history.GetUptimeAsync(new GetUptimeRequest(), cancellationToken: Cancellation)));
        Assert.Equal(["end_time"], await FaultsAsync(() => _history.ListIncidentsAsync(new ListIncidentsRequest { StartTime = At(5), EndTime = At(1) }, cancellationToken: Cancellation)));
        Assert.Equal(["start_time"], await FaultsAsync(() => _history.ListIncidentsAsync(
            new ListIncidentsRequest { StartTime = new Timestamp { Seconds = -1 } }, cancellationToken: Cancellation)));
        Assert.Equal(["range.start_time"], await FaultsAsync(() => _history.GetSeriesAsync(new GetSeriesRequest { TargetId = 1 }, cancellationToken: Cancellation)));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _history.GetIncidentAsync(new GetIncidentRequest { Id = 77 }, cancellationToken: Cancellation));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task A_failure_and_its_end_are_told_from_the_result_to_the_incident()
    {
        _standIns.Probe = job => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch);
        var target = await CreateAsync("x");
        await _standIns.TakeAsync(1);
        _standIns.Probe = job => SchedulerStore.Result(job);
        await _standIns.TakeAsync(1);

        var incident = Assert.Single((await _history.ListIncidentsAsync(new ListIncidentsRequest { TargetIds = { target.Id } }, cancellationToken: Cancellation)).Incidents);
        Assert.Equal(("x", ProbeReasons.StatusMismatch), (incident.TargetName, incident.Reason));
        Assert.True(incident.Duration.ToTimeSpan() > TimeSpan.Zero);
        Assert.Empty((await _history.ListIncidentsAsync(new ListIncidentsRequest { Open = true }, cancellationToken: Cancellation)).Incidents);
        Assert.Empty((await _history.ListIncidentsAsync(new ListIncidentsRequest { Reason = "dns_error" }, cancellationToken: Cancellation)).Incidents);

        var whole = await _history.GetIncidentAsync(new GetIncidentRequest { Id = incident.Id }, cancellationToken: Cancellation);
        Assert.Equal((TargetStatus.Fail, TargetStatus.Pass), (whole.OpenedBy.To, whole.ClosedBy.To));
        Assert.Equal(ProbeReasons.StatusMismatch, whole.OpenedBy.Report.Reason);

        var shown = (await _targets.GetTargetAsync(new GetTargetRequest { Id = target.Id }, cancellationToken: Cancellation)).Target.State;
        var results = (await _history.ListResultsAsync(new ListResultsRequest { TargetId = target.Id, PageSize = 1000 }, cancellationToken: Cancellation)).Results;
        Assert.False(shown.RecentResults[0].Passed);
        Assert.Equal(503, shown.RecentResults[0].StatusCode);
        Assert.Equal(shown.RecentResults, results.Reverse().Take(shown.RecentResults.Count));
        var first = await _history.ListResultsAsync(new ListResultsRequest { TargetId = target.Id, PageSize = 1 }, cancellationToken: Cancellation);
        Assert.NotEqual("", first.NextPageToken);
    }

    [Fact]
    public async Task A_list_has_the_last_results_where_they_are_asked_for()
    {
        await CreateAsync("x");
        await _standIns.NextJobAsync();
        await Eventually.HoldsAsync(async () => (await ListAsync(true)).Targets[0].State.RecentResults.Count > 0, "the target has a result");

        Assert.Empty((await ListAsync(false)).Targets[0].State.RecentResults);

        async Task<ListTargetsResponse> ListAsync(bool results) => await _targets.ListTargetsAsync(new ListTargetsRequest { RecentResults = results }, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_chart_has_the_points_of_its_step()
    {
        var target = await CreateAsync("x");
        await _standIns.NextJobAsync();
        await Eventually.HoldsAsync(async () => (await SeriesAsync(SeriesStep.Unspecified)).Points.Count > 0, "the target has a result");

        Assert.Equal(SeriesStep.Result, (await SeriesAsync(SeriesStep.Unspecified)).Step);
        var (hour, day) = ((await SeriesAsync(SeriesStep.Hour)).Points[0], (await SeriesAsync(SeriesStep.Day)).Points[0]); // another one may just have begun
        Assert.True(day.PassCount >= hour.PassCount && hour.PassCount > 0);
        Assert.Equal((0, 0), (hour.StartTime.Seconds % 3600, day.StartTime.Seconds % 86400));
        Assert.InRange(hour.Latency.P50.ToTimeSpan().TotalMilliseconds, 2.8, 3.2);

        async Task<GetSeriesResponse> SeriesAsync(SeriesStep step) => await _history.GetSeriesAsync(
            new GetSeriesRequest { TargetId = target.Id, Range = new TimeRange { StartTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddSeconds(-30)) }, Step = step },
            cancellationToken: Cancellation);
    }

    private static Timestamp At(long seconds) => new() { Seconds = seconds };

    private async Task<Target> CreateAsync(string name) => (await _targets.CreateTargetAsync(
        new CreateTargetRequest { Target = new Target { Name = name, Url = "http://localhost/", Frequency = new Duration { Seconds = 1 } } }, cancellationToken: Cancellation)).Target;

    private static async Task<IEnumerable<string>> FaultsAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        return error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field).Order();
    }
}

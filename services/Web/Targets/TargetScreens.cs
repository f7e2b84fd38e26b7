using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Web.Api;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Targets;

/// <summary>The list of targets, one of them, and what is done with them.</summary>
public static class TargetScreens
{
    private const int PageSize = 50;
    private const int MostGroups = 500;
    private const int LatencyPoints = 400;
    private static readonly UptimeWindow[] ListWindows = [Last(TimeSpan.FromDays(1)), Last(TimeSpan.FromDays(30))];

    private static readonly UptimeWindow[] TargetWindows = [.. new[] { 1, 7, 30, 90, 365 }.Select(days => Last(TimeSpan.FromDays(days)))];

    public static void Map(ScreenRoutes routes)
    {
        routes.Screen("/targets", ListAsync);
        routes.Form("/targets/bulk", TargetBulk.DoAsync);
        routes.Screen("/targets/new", TargetForms.NewAsync);
        routes.Form("/targets/new", TargetForms.CreateAsync);
        routes.Screen("/targets/{id:long}", visit => ShowAsync(visit, null));
        routes.Screen("/targets/{id:long}/edit", TargetForms.EditAsync);
        routes.Form("/targets/{id:long}/edit", TargetForms.SaveAsync);
        routes.Form("/targets/{id:long}/test", TestAsync);
        routes.Form("/targets/{id:long}/enable", visit => SwitchAsync(visit, isOn: true));
        routes.Form("/targets/{id:long}/disable", visit => SwitchAsync(visit, isOn: false));
        routes.Form("/targets/{id:long}/delete", DeleteAsync);
    }

    private static async Task<IAnswer> ListAsync(Visit visit)
    {
        var query = TargetQuery.Of(visit);
        try
        {
            var call = new CallOptions(cancellationToken: visit.Cancelled);
            var list = new ListTargetsRequest { Filter = query.Filter(), OrderBy = query.OrderBy, PageSize = PageSize, PageToken = visit.Query("page"), RecentResults = true };
            var page = visit.Api.Targets.ListTargetsAsync(list, call).ResponseAsync;
            var counts = visit.Api.Targets.CountTargetsAsync(new() { Filter = (query with { Status = "" }).Filter() }, call).ResponseAsync;
            var groups = visit.Api.Targets.ListGroupsAsync(new() { Filter = (query with { Group = "" }).Filter(), PageSize = MostGroups }, call).ResponseAsync;
            await Task.WhenAll(page, counts, groups);
            var uptimes = await UptimesAsync(visit, page.Result.Targets);
            return List(visit, new(query, page.Result.Targets, uptimes, counts.Result.Counts, GroupTree.Of(groups.Result.Groups), page.Result.NextPageToken, ""));
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.InvalidArgument)
        {
            return List(visit, new(query, [], new Dictionary<long, TargetUptime>(), new(), [], "", FaultsOfFields.Read(e).GetValueOrDefault("filter", e.Status.Detail))) with
            {
                Status = StatusCodes.Status400BadRequest,
                IsLive = false,
            };
        }
    }

    private static Screen List(Visit visit, TargetListModel model)
        => Screen.Of<TargetListScreen, TargetListModel>(visit.Words.Of("Targets"), "targets", model) with { IsLive = true, Alarm = model.Counts.FailCount };

    private static async Task<IReadOnlyDictionary<long, TargetUptime>> UptimesAsync(Visit visit, RepeatedField<Target> targets)
    {
        if (targets.Count == 0)
        {
            return new Dictionary<long, TargetUptime>();
        }

        var answer = await visit.Api.History.GetUptimeAsync(
            new() { TargetIds = { targets.Select(t => t.Id) }, Windows = { ListWindows } }, cancellationToken: visit.Cancelled);
        return answer.Targets.ToDictionary(t => t.TargetId);
    }

    private static async Task<IAnswer> ShowAsync(Visit visit, ProbeReport? tested)
    {
        var span = ChartSpan.Of(visit);
        var call = new CallOptions(cancellationToken: visit.Cancelled);
        var target = (await visit.Api.Targets.GetTargetAsync(new() { Id = visit.Id }, call)).Target;
        var traces = visit.Api.Targets.GetTargetTracesAsync(new() { Id = visit.Id }, call).ResponseAsync;
        var series = visit.Api.History.GetSeriesAsync(
            new()
            {
                TargetId = visit.Id,
                Range = new() { StartTime = Timestamp.FromDateTimeOffset(span.From), EndTime = Timestamp.FromDateTimeOffset(span.To) },
                Step = span.StepFor(target.Frequency.ToTimeSpan()),
            },
            call).ResponseAsync;
        var uptime = visit.Api.History.GetUptimeAsync(
            new() { TargetIds = { visit.Id }, Windows = { TargetWindows } }, call).ResponseAsync;
        var incidents = visit.Api.History.ListIncidentsAsync(new() { TargetIds = { visit.Id }, PageSize = 10 }, call).ResponseAsync;
        await Task.WhenAll(traces, series, uptime, incidents);
        return Screen.Of<TargetScreen, TargetModel>(target.Name, "targets", new(
            target, traces.Result, span, Thinning.To(series.Result.Points, LatencyPoints), [.. uptime.Result.Targets.SelectMany(t => t.Uptimes)], incidents.Result.Incidents, tested)) with
        {
            IsLive = tested is null,
            Alarm = target.State.Status is TargetStatus.Fail && target.Enabled ? 1 : 0,
        };
    }

    private static async Task<IAnswer> TestAsync(Visit visit)
    {
        var tested = await visit.Api.Targets.TestTargetAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled);
        return await ShowAsync(visit, tested.Report);
    }

    private static async Task<IAnswer> SwitchAsync(Visit visit, bool isOn)
    {
        var target = isOn
            ? (await visit.Api.Targets.EnableTargetAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Target
            : (await visit.Api.Targets.DisableTargetAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Target;
        return new Elsewhere($"targets/{target.Id}", visit.Words.Of(isOn ? "{0} is probed." : "{0} is no longer probed.", target.Name));
    }

    private static async Task<IAnswer> DeleteAsync(Visit visit)
    {
        var target = (await visit.Api.Targets.DeleteTargetAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Target;
        return new Elsewhere("targets", visit.Words.Of("{0} is deleted.", target.Name));
    }

    private static UptimeWindow Last(TimeSpan span) => new() { Last = Duration.FromTimeSpan(span) };
}

/// <summary>A page of targets.</summary>
/// <param name="Query">What is shown.</param>
/// <param name="Targets">The targets.</param>
/// <param name="Uptimes">Their uptimes of a day and of thirty, by id.</param>
/// <param name="Counts">How many targets the query means in any state, by status.</param>
/// <param name="Groups">The groups that the query means, as a tree in the order in which it is read.</param>
/// <param name="NextPage">The token of the next page; empty: this is the last.</param>
/// <param name="Fault">What is wrong with the filter; empty: nothing.</param>
public sealed record TargetListModel(
    TargetQuery Query,
    IReadOnlyList<Target> Targets,
    IReadOnlyDictionary<long, TargetUptime> Uptimes,
    TargetCounts Counts,
    IReadOnlyList<GroupNode> Groups,
    string NextPage,
    string Fault);

/// <summary>One target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Traces">The traces of its last failure and its last change.</param>
/// <param name="Span">What the chart shows.</param>
/// <param name="Points">The points of the chart.</param>
/// <param name="Uptimes">Its uptime by window.</param>
/// <param name="Incidents">Its last incidents.</param>
/// <param name="Tested">What a test has just found; null: none was made.</param>
public sealed record TargetModel(
    Target Target,
    GetTargetTracesResponse Traces,
    ChartSpan Span,
    IReadOnlyList<SeriesPoint> Points,
    IReadOnlyList<Uptime> Uptimes,
    IReadOnlyList<Incident> Incidents,
    ProbeReport? Tested);

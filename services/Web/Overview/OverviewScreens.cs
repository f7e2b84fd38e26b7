using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Overview;

/// <summary>The first screen, and the wall.</summary>
public static class OverviewScreens
{
    private const int MostOpen = 1000;
    private const int Recent = 15;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static void Map(ScreenRoutes routes)
    {
        routes.Screen("/", async visit =>
        {
            var model = await ReadAsync(visit);
            return Screen.Of<OverviewScreen, OverviewModel>(visit.Words.Of("Overview"), "overview", model) with { IsLive = true, Alarm = model.Status.Targets.FailCount };
        });
        routes.Screen("/wall", async visit =>
        {
            var model = await ReadAsync(visit);
            return Screen.Of<WallScreen, OverviewModel>(visit.Words.Of("Wall"), "", model) with { IsLive = true, IsBare = true, Alarm = model.Status.Targets.FailCount };
        });
    }

    private static async Task<OverviewModel> ReadAsync(Visit visit)
    {
        var status = visit.Api.System.GetSystemStatusAsync(new(), cancellationToken: visit.Cancelled).ResponseAsync;
        var open = visit.Api.History.ListIncidentsAsync(new() { Open = true, PageSize = MostOpen }, cancellationToken: visit.Cancelled).ResponseAsync;
        var recent = visit.Api.History.ListIncidentsAsync(
            new() { StartTime = Timestamp.FromDateTimeOffset(visit.Now - Day), PageSize = Recent }, cancellationToken: visit.Cancelled).ResponseAsync;
        var waiting = WaitingAsync(visit);
        await Task.WhenAll(status, open, recent, waiting);
        return new(status.Result, Cause.Of(open.Result.Incidents), [.. recent.Result.Incidents], waiting.Result);
    }

    // Of each notifier the last deliveries: enough to see that something does not get through.
    private static async Task<List<Waiting>> WaitingAsync(Visit visit)
    {
        var notifiers = (await visit.Api.Notifiers.ListNotifiersAsync(new() { PageSize = 100 }, cancellationToken: visit.Cancelled)).Notifiers;
        var pages = await Task.WhenAll(notifiers.Where(n => n.Enabled).Select(async notifier => (notifier, page: await visit.Api.Notifiers.ListDeliveriesAsync(
            new() { NotifierId = notifier.Id, PageSize = 50 }, cancellationToken: visit.Cancelled))));
        return [.. pages
            .Select(p => new Waiting(p.notifier, p.page.Deliveries.Where(d => d.State is DeliveryState.Pending && d.Attempts > 0).ToList()))
            .Where(w => w.Deliveries.Count > 0)];
    }
}

/// <summary>What the overview shows.</summary>
/// <param name="Status">How Skypunch itself is.</param>
/// <param name="Causes">The open incidents by their cause.</param>
/// <param name="Recent">The incidents of the last day, the newest first.</param>
/// <param name="Waiting">The notifiers whose messages do not get through.</param>
public sealed record OverviewModel(GetSystemStatusResponse Status, IReadOnlyList<Cause> Causes, IReadOnlyList<Incident> Recent, IReadOnlyList<Waiting> Waiting);

/// <summary>Messages of a notifier that have been tried and wait.</summary>
public sealed record Waiting(Notifier Notifier, IReadOnlyList<Delivery> Deliveries);

/// <summary>Open incidents with the same reason.</summary>
/// <param name="Reason">The stable reason code.</param>
/// <param name="Incidents">The incidents, the longest first.</param>
public sealed record Cause(string Reason, IReadOnlyList<Incident> Incidents)
{
    /// <summary>Groups open incidents by their last reason, the largest group first. Pure.</summary>
    public static IReadOnlyList<Cause> Of(IEnumerable<Incident> open)
        => [.. open.GroupBy(i => i.LastReason.Length > 0 ? i.LastReason : i.Reason)
            .Select(group => new Cause(group.Key, [.. group.OrderBy(i => i.BeginTime.ToDateTimeOffset())]))
            .OrderByDescending(cause => cause.Incidents.Count).ThenBy(cause => cause.Reason, StringComparer.Ordinal)];
}

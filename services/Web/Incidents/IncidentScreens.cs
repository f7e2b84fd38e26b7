using Skypunch.Admin.V1;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Incidents;

/// <summary>The incidents, and one of them.</summary>
public static class IncidentScreens
{
    private const int PageSize = 50;

    public static void Map(ScreenRoutes routes)
    {
        routes.Screen("/incidents", ListAsync);
        routes.Screen("/incidents/{id:long}", ShowAsync);
    }

    private static async Task<IAnswer> ListAsync(Visit visit)
    {
        var (open, reason) = (visit.Query("open") == "1", visit.Query("reason"));
        var page = await visit.Api.History.ListIncidentsAsync(
            new() { Open = open, Reason = reason, PageSize = PageSize, PageToken = visit.Query("page") }, cancellationToken: visit.Cancelled);
        return Screen.Of<IncidentsScreen, IncidentsModel>(visit.Words.Of("Incidents"), "incidents", new(page.Incidents, open, reason, page.NextPageToken)) with { IsLive = visit.Query("page").Length == 0 };
    }

    private static async Task<IAnswer> ShowAsync(Visit visit)
    {
        var found = await visit.Api.History.GetIncidentAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled);
        var changes = new[] { found.OpenedBy?.ChangeId, found.ClosedBy?.ChangeId }.Where(id => id is { Length: > 0 }).ToList();
        var deliveries = new List<Delivery>();
        if (changes.Count > 0)
        {
            var told = await visit.Api.Notifiers.ListDeliveriesAsync(new() { ChangeIds = { changes }, PageSize = 1000 }, cancellationToken: visit.Cancelled);
            deliveries.AddRange(told.Deliveries);
        }

        var notifiers = (await visit.Api.Notifiers.ListNotifiersAsync(new() { PageSize = 1000 }, cancellationToken: visit.Cancelled)).Notifiers.ToDictionary(n => n.Id, n => n.Name);
        return Screen.Of<IncidentScreen, IncidentModel>(found.Incident.TargetName, "incidents", new(found, deliveries, notifiers)) with { IsLive = found.Incident.EndTime is null };
    }
}

/// <summary>A page of incidents.</summary>
public sealed record IncidentsModel(IReadOnlyList<Incident> Incidents, bool Open, string Reason, string NextPage);

/// <summary>One incident, and who was told of it.</summary>
public sealed record IncidentModel(GetIncidentResponse Found, IReadOnlyList<Delivery> Deliveries, IReadOnlyDictionary<long, string> Notifiers);

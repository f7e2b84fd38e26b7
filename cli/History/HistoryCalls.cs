using Skypunch.Admin.V1;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.History;

/// <summary>Reading the history from the server, page by page.</summary>
internal static class HistoryCalls
{
    private const int LargestPage = 1000;

    /// <summary>The newest incidents that a request asks for, newest first, and whether there are more.</summary>
    public static async Task<(List<Incident> Incidents, bool More)> ListIncidentsAsync(
        this Session session, ListIncidentsRequest request, int most, CancellationToken cancellationToken)
    {
        var incidents = new List<Incident>();
        do
        {
            request.PageSize = Math.Min(most - incidents.Count, LargestPage);
            var page = await session.Api.History.ListIncidentsAsync(request, session.Call(cancellationToken));
            incidents.AddRange(page.Incidents);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && incidents.Count < most);

        return (incidents, request.PageToken.Length > 0);
    }

    /// <summary>The newest results of a target in a range, oldest first.</summary>
    public static async Task<List<RecentResult>> ListResultsAsync(this Session session, ListResultsRequest request, CancellationToken cancellationToken)
    {
        var results = new List<RecentResult>();
        request.PageSize = LargestPage;
        do
        {
            var page = await session.Api.History.ListResultsAsync(request, session.Call(cancellationToken));
            results.AddRange(page.Results);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        results.Reverse();
        return results;
    }

    /// <summary>The uptime of all targets over one window, by their ids.</summary>
    public static async Task<List<UptimeRow>> ListUptimesAsync(this Session session, UptimeWindow window, string zone, CancellationToken cancellationToken)
    {
        var rows = new List<UptimeRow>();
        var request = new ListUptimesRequest { Window = window, TimeZone = zone, PageSize = LargestPage };
        do
        {
            var page = await session.Api.History.ListUptimesAsync(request, session.Call(cancellationToken));
            rows.AddRange(UptimeRow.Of(page.Targets, [window]));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return rows;
    }

    /// <summary>The uptime of some targets over some windows, in the order of the ids.</summary>
    public static async Task<List<UptimeRow>> GetUptimeAsync(
        this Session session, IEnumerable<long> ids, IReadOnlyList<UptimeWindow> windows, string zone, CancellationToken cancellationToken)
    {
        var rows = new List<UptimeRow>();
        foreach (var some in ids.Chunk(LargestPage))
        {
            var request = new GetUptimeRequest { TargetIds = { some }, Windows = { windows }, TimeZone = zone };
            rows.AddRange(UptimeRow.Of((await session.Api.History.GetUptimeAsync(request, session.Call(cancellationToken))).Targets, windows));
        }

        return rows;
    }
}

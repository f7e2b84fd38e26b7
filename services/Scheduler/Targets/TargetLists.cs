using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Targets;

/// <summary>Lists targets and their groups page by page, and counts them.</summary>
internal sealed class TargetLists(SchedulerDb db, TargetRows rows, TargetCensus census, SecretBox secrets, MaintenanceNow maintenance)
{
    private const int DefaultPageSize = 500;

    /// <summary>A page of targets.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: page size, token, filter or order are not right.</exception>
    public async Task<ListTargetsResponse> ListAsync(ListTargetsRequest request, CancellationToken cancellationToken)
    {
        var faults = new FieldViolations();
        var size = Paging.Size(request.PageSize, DefaultPageSize, faults);
        var filter = ReadFilter(request.Filter, faults);
        if (!TargetOrder.TryParse(request.OrderBy, out var order, out var error))
        {
            faults.Add("order_by", error);
        }

        faults.ThrowIfAny();
        var query = new ListTargetsRequest { Filter = request.Filter, OrderBy = order!.Text };
        var place = QueryToken.ReadText(query, request.PageToken, faults);
        if (place is not null && order.After(db.Targets, place) is null)
        {
            QueryToken.AddFault(faults);
        }

        faults.ThrowIfAny();
        var page = await rows.ListAsync(
            targets => order.Sort(FilterSql.Where(db, place is null ? targets : order.After(targets, place)!, filter)).Take(size),
            cancellationToken);
        var response = new ListTargetsResponse { NextPageToken = page.Count < size ? "" : QueryToken.Of(query, order.PlaceOf(page[^1])) };
        response.Targets.AddRange(page.Select(t => t.ToProto(secrets, request.RecentResults)));
        await maintenance.AddAsync(page.Zip(response.Targets), cancellationToken);
        return response;
    }

    /// <summary>How many targets there are.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the filter is not right.</exception>
    public async Task<CountTargetsResponse> CountAsync(CountTargetsRequest request, CancellationToken cancellationToken)
    {
        var faults = new FieldViolations();
        var filter = ReadFilter(request.Filter, faults);
        faults.ThrowIfAny();
        var counts = await census.CountAsync(filter, cancellationToken);
        return new CountTargetsResponse { TotalCount = TargetCensus.SumOf(counts), Counts = counts };
    }

    /// <summary>A page of groups.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: page size, token or filter are not right.</exception>
    public async Task<ListGroupsResponse> ListGroupsAsync(ListGroupsRequest request, CancellationToken cancellationToken)
    {
        var faults = new FieldViolations();
        var size = Paging.Size(request.PageSize, DefaultPageSize, faults);
        var filter = ReadFilter(request.Filter, faults);
        var query = new ListGroupsRequest { Filter = request.Filter };
        var after = QueryToken.ReadText(query, request.PageToken, faults);
        faults.ThrowIfAny();
        var groups = await census.GroupsAsync(filter, after, size, cancellationToken);
        return new ListGroupsResponse
        {
            Groups = { groups },
            NextPageToken = groups.Count < size ? "" : QueryToken.Of(query, groups[^1].Name),
        };
    }

    /// <summary>Reads the filter of a request; null: all targets are meant, or the filter is at fault.</summary>
    public static Filter? ReadFilter(string text, FieldViolations faults)
    {
        if (!FilterText.TryParse(text, out var filter, out var error))
        {
            faults.Add("filter", error);
        }

        return filter;
    }
}

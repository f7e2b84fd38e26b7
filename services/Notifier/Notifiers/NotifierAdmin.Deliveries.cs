using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Notifier.Notifiers;

/// <summary>What goes out to notifiers, in the admin API.</summary>
internal sealed partial class NotifierAdmin
{
    private const int DefaultDeliveries = 100;

    public override async Task<TestNotifierResponse> TestNotifier(TestNotifierRequest request, ServerCallContext context)
    {
        var row = await FindAsync(request.Id, context.CancellationToken);
        var (delivered, description) = await test.RunAsync(row, context.CancellationToken);
        return new TestNotifierResponse { Notifier = row.ToProto(), Delivered = delivered, Description = description };
    }

    public override async Task<ListDeliveriesResponse> ListDeliveries(ListDeliveriesRequest request, ServerCallContext context)
    {
        var violations = new FieldViolations();
        var size = Paging.Size(request.PageSize, DefaultDeliveries, violations);
        var last = Paging.LastId(request.PageToken, violations) ?? long.MaxValue;
        violations.ThrowIfAny();
        if (request.NotifierId != 0)
        {
            await FindAsync(request.NotifierId, context.CancellationToken);
        }

        var rows = await db.Deliveries.AsNoTracking()
            .Include(d => d.Announcement)
            .Where(d => d.Id < last && (request.NotifierId == 0 || d.NotifierId == request.NotifierId))
            .OrderByDescending(d => d.Id)
            .Take(size)
            .ToListAsync(context.CancellationToken);
        return new ListDeliveriesResponse
        {
            Deliveries = { rows.Select(row => row.ToProto()) },
            NextPageToken = Paging.NextToken(size, rows.Count, rows.LastOrDefault()?.Id ?? 0),
        };
    }
}

using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Notifier.Notifiers;

/// <summary>The admin API for the messages to notifiers: tests and deliveries.</summary>
internal sealed partial class NotifierAdmin
{
    private const int DefaultDeliveries = 100;
    private const int MostChanges = 100;

    public override async Task<TestNotifierResponse> TestNotifier(TestNotifierRequest request, ServerCallContext context)
    {
        var row = await notifiers.FindAsync(request.Id, context.CancellationToken);
        var (delivered, description) = await test.RunAsync(row, context.CancellationToken);
        return new TestNotifierResponse { Notifier = row.ToProto(), Delivered = delivered, Description = description };
    }

    public override async Task<ListDeliveriesResponse> ListDeliveries(ListDeliveriesRequest request, ServerCallContext context)
    {
        var violations = new FieldViolations();
        var size = Paging.Size(request.PageSize, DefaultDeliveries, violations);
        var last = Paging.LastId(request.PageToken, violations) ?? long.MaxValue;
        var changes = ChangesOf(request, violations);
        var digest = Telling.DigestOf(request.DigestId);
        violations.Require(request.DigestId.Length == 0 || digest is not null, "digest_id", "must be the id of a digest's message, such as digest.0123456789abcdef0123456789abcdef");
        violations.ThrowIfAny();
        if (request.NotifierId != 0)
        {
            await notifiers.GetAsync(request.NotifierId, context.CancellationToken); // there is one
        }

        var all = db.Deliveries.AsNoTracking();
        var wanted = (changes.Count == 0 ? all : all.Where(d => changes.Contains(d.ChangeId)))
            .Where(d => digest == null || d.MessageId == digest)
            .Where(d => d.Id < last && (request.NotifierId == 0 || d.NotifierId == request.NotifierId))
            .OrderByDescending(d => d.Id)
            .Take(size);
        var rows = await ListAsync(wanted, context.CancellationToken);
        return new ListDeliveriesResponse
        {
            Deliveries = { rows },
            NextPageToken = Paging.NextToken(size, rows.Count, rows.LastOrDefault()?.Id ?? 0),
        };
    }

    private static List<Guid> ChangesOf(ListDeliveriesRequest request, FieldViolations violations)
    {
        violations.Require(request.ChangeIds.Count <= MostChanges, "change_ids", $"must be at most {MostChanges}");
        var changes = new List<Guid>();
        foreach (var text in request.ChangeIds)
        {
            violations.Require(Guid.TryParseExact(text, "D", out var change), "change_ids", "must be UUIDs, as the changes of an incident have them");
            changes.Add(change);
        }

        return changes;
    }

    private async Task<List<Delivery>> ListAsync(IQueryable<Model.Delivery> wanted, CancellationToken cancellationToken)
    {
        try
        {
            var opens = await OpensAsync(cancellationToken);
            return [.. (await wanted.Include(d => d.Announcement).ToListAsync(cancellationToken)).Select(row => row.ToProto(opens))];
        }
        catch (Exception e) when (UnreadableRows.MayCause(e))
        {
            return await ListOneByOneAsync(wanted, cancellationToken);
        }
    }

    // A row that cannot be read is shown as far as it can, and hides no other.
    private async Task<List<Delivery>> ListOneByOneAsync(IQueryable<Model.Delivery> wanted, CancellationToken cancellationToken)
    {
        var (list, opens) = (new List<Delivery>(), await OpensAsync(cancellationToken));
        foreach (var row in await wanted.Select(d => new { d.Id, d.NotifierId, d.TargetId }).ToListAsync(cancellationToken))
        {
            list.Add(await unreadable.FaultAsync(row.Id, cancellationToken) is { } fault
                ? new Delivery { Id = row.Id, NotifierId = row.NotifierId, TargetId = row.TargetId, LastError = fault }
                : (await wanted.Where(d => d.Id == row.Id).Include(d => d.Announcement).SingleAsync(cancellationToken)).ToProto(opens));
        }

        return list;
    }

    // When the hours of the notifiers begin that are not told now.
    private async Task<Dictionary<long, DateTimeOffset>> OpensAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hours = await db.Notifiers.Where(n => n.Hours != null).Select(n => new { n.Id, n.Hours }).ToListAsync(cancellationToken);
        return hours.Select(row => (row.Id, Opens: Model.WorkingHours.Of(row.Hours).OpenFrom(now))).Where(row => row.Opens > now).ToDictionary(row => row.Id, row => row.Opens);
    }
}

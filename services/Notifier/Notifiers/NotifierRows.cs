using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Notifier.Notifiers;

/// <summary>Reads notifiers for who shows or changes them: of a row that cannot be read, what can be, with what is wrong with which column.</summary>
internal sealed class NotifierRows(NotifierDb db, NotifierCounters counters)
{
    /// <summary>The notifier as it is shown.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no row has this id.</exception>
    public async Task<Admin.V1.Notifier> GetAsync(long id, CancellationToken cancellationToken)
        => await ListAsync(id - 1, 1, cancellationToken) is [{ } notifier] && notifier.Id == id ? notifier : throw AdminFaults.NotFound("notifier", id);

    /// <summary>The notifier, to be changed.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no row has this id. FAILED_PRECONDITION: its row cannot be read.</exception>
    public async Task<StoredNotifier> FindAsync(long id, CancellationToken cancellationToken)
    {
        await counters.CountAsync(cancellationToken);
        try
        {
            return await db.Notifiers.FindAsync([id], cancellationToken) ?? throw AdminFaults.NotFound("notifier", id);
        }
        catch (Exception e) when (e is not RpcException && UnreadableRows.MayCause(e))
        {
            var row = (await ReadableNotifier.ReadAsync(db, id - 1, 1, cancellationToken)).Single();
            throw new RpcException(new Status(StatusCode.FailedPrecondition, row.Faults.Count > 0 ? row.Sentence : e.GetBaseException().Message));
        }
    }

    /// <summary>A page of notifiers, by id, as they are shown.</summary>
    public async Task<List<Admin.V1.Notifier>> ListAsync(long after, int size, CancellationToken cancellationToken)
    {
        await counters.CountAsync(cancellationToken);
        List<ReadableNotifier> rows;
        try
        {
            rows = (await db.Notifiers.AsNoTracking().Where(n => n.Id > after).OrderBy(n => n.Id).Take(size).ToListAsync(cancellationToken)).ConvertAll(ReadableNotifier.Of);
        }
        catch (Exception e) when (UnreadableRows.MayCause(e))
        {
            rows = await ReadableNotifier.ReadAsync(db, after, size, cancellationToken);
        }

        return rows.ConvertAll(row => row.ToProto());
    }
}

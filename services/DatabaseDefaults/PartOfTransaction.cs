using Microsoft.EntityFrameworkCore.Storage;

namespace Skypunch.DatabaseDefaults;

/// <summary>A transaction that was begun within another one, whose end decides: a commit of the part alone does nothing.</summary>
/// <param name="whole">The transaction that this one is a part of.</param>
internal sealed class PartOfTransaction(IDbContextTransaction whole) : IDbContextTransaction
{
    public Guid TransactionId => whole.TransactionId;

    public void Commit()
    {
        // The whole transaction is not over.
    }

    public Task CommitAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public void Rollback() => whole.Rollback();

    public Task RollbackAsync(CancellationToken cancellationToken = default) => whole.RollbackAsync(cancellationToken);

    public void Dispose()
    {
        // The whole transaction is not over.
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

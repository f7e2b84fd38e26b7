using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.IntegrationTests.Notifier;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>The Notifier's answer that it has stored two changes, which MySQL rolls back while it is marked, as the mark and another transaction waited for each other.</summary>
public sealed class StoredAnswerDeadlockTests(MySqlServer mySql) : IAsyncLifetime
{
    private const int LockedNow = 3572; // ER_LOCK_NOWAIT, which the driver has no name for

    private SchedulerOnMySql _scheduler = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scheduler = await SchedulerOnMySql.StartAsync(await mySql.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _scheduler.DisposeAsync();

    [Fact]
    public async Task Both_changes_are_marked_all_the_same()
    {
        var (first, second) = (await AddChangeAsync("one"), await AddChangeAsync("other"));
        await _scheduler.WithAsync((SchedulerDb db) => db.Database.ExecuteSqlRawAsync("CREATE TABLE weights (n INT)", Cancellation));
        using var statements = new StatementCount(_scheduler.Database);

        await _scheduler.WithAsync((SchedulerDb other) => AmidDeadlockAsync(other, first, second));

        await Eventually.HoldsAsync(
            () => _scheduler.WithAsync((SchedulerDb db) => db.StatusChanges.AllAsync(change => change.StoredAt != null, Cancellation)),
            "both changes are marked as stored");
        Assert.Equal(1, statements.Deadlocks);
        Assert.Equal(["this", "that"], await _scheduler.WithAsync((SchedulerDb db) => db.StatusChanges.OrderByDescending(change => change.Id).Select(change => change.Description).ToListAsync(Cancellation)));
    }

    // The mark locks the changes in the order of their ids, this the other way round. MySQL rolls back who has written less.
    private async Task<bool> AmidDeadlockAsync(SchedulerDb other, StatusChange first, StatusChange second)
    {
        await using var transaction = await other.Database.BeginLockingAsync(Cancellation);
        await other.Database.ExecuteSqlRawAsync("INSERT INTO weights (n) VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)", Cancellation);
        await other.Database.ExecuteSqlAsync($"UPDATE status_changes SET description = 'this' WHERE id = {second.Id}", Cancellation);
        await _scheduler.Services.GetRequiredService<IBus>().Publish(new StatusChangesStored([first.ChangeId, second.ChangeId]), Cancellation);
        await Eventually.HoldsAsync(() => IsLockedAsync(first.Id), "the mark has the first change and waits for the second one");
        await other.Database.ExecuteSqlAsync($"UPDATE status_changes SET description = 'that' WHERE id = {first.Id}", Cancellation);
        await transaction.CommitAsync(Cancellation);
        return true;
    }

    private Task<StatusChange> AddChangeAsync(string name) => _scheduler.WithAsync(async (SchedulerDb db) =>
    {
        var target = new Target { Name = name, Url = "http://127.0.0.1/", Enabled = false };
        db.Targets.Add(target);
        await db.SaveChangesAsync(Cancellation);
        var change = new StatusChange
        {
            ChangeId = Guid.CreateVersion7(),
            TargetId = target.Id,
            FromStatus = TargetStatus.Pass,
            ToStatus = TargetStatus.Fail,
            At = TimeProvider.System.GetUtcNow(),
            Reason = "timeout",
            Description = "timed out",
            Payload = "{}",
            AnnounceAfter = TimeProvider.System.GetUtcNow() + new SchedulerOptions().RelayRetry, // the relay has announced it, and leaves it alone
        };
        db.StatusChanges.Add(change);
        await db.SaveChangesAsync(Cancellation);
        return change;
    });

    private Task<bool> IsLockedAsync(long id) => _scheduler.WithAsync(async (SchedulerDb db) =>
    {
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT id FROM status_changes WHERE id = {id} FOR UPDATE NOWAIT", Cancellation);
            return false;
        }
        catch (MySqlException e) when (e.Number == LockedNow)
        {
            return true;
        }
    });
}

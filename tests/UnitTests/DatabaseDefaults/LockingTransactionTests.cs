using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Skypunch.DatabaseDefaults;
using SQLitePCL;

namespace Skypunch.UnitTests.DatabaseDefaults;

public sealed class LockingTransactionTests
{
    [Fact]
    public async Task On_SQLite_a_locking_transaction_writes_from_its_start()
    {
        const string Shared = "Data Source=file:locking-transaction?mode=memory&cache=shared;Pooling=False";
        await using var db = new DbContext(new DbContextOptionsBuilder().UseSqlite(Shared).Options);
        await using var other = new SqliteConnection(Shared);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await other.OpenAsync(TestContext.Current.CancellationToken);

        await using (await db.Database.BeginLockingAsync(TestContext.Current.CancellationToken))
        {
            Assert.NotEqual(raw.SQLITE_OK, raw.sqlite3_exec(other.Handle, "BEGIN IMMEDIATE"));
        }

        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other.Handle, "BEGIN IMMEDIATE"));
    }

    [Fact]
    public async Task A_save_in_a_locking_transaction_makes_no_savepoint()
    {
        var savepoints = new SavepointCounter();
        var options = new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").AddInterceptors(savepoints);
        await using var db = new OneTable(options.Options);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);

        await using (var transaction = await db.Database.BeginLockingAsync(TestContext.Current.CancellationToken))
        {
            db.Add(new Row());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, savepoints.Count);
    }

    [Fact]
    public async Task What_is_rolled_back_takes_the_commits_within_it_along()
    {
        await using var db = new OneTable(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var seen = 0;

        await db.RollBackAsync(
            async () =>
            {
                await AddAsync(db);
                seen = await db.Rows.CountAsync(TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(1, seen);
        Assert.Equal(0, await db.Rows.CountAsync(TestContext.Current.CancellationToken));

        await AddAsync(db); // and a transaction of its own stays
        Assert.Equal(1, await db.Rows.CountAsync(TestContext.Current.CancellationToken));
    }

    // The hook makes a commit end as one does that finds the disk full: SQLite rolls back by itself, and reports an error.
    [Fact]
    public async Task A_transaction_that_SQLite_has_rolled_back_itself_tells_the_cause_and_leaves_the_connection_usable()
    {
        await using var db = new OneTable(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var handle = ((SqliteConnection)db.Database.GetDbConnection()).Handle;
        raw.sqlite3_commit_hook(handle, _ => 1, null);

        var fault = await Assert.ThrowsAsync<SqliteException>(() => AddAsync(db));

        Assert.Equal((raw.SQLITE_CONSTRAINT, raw.SQLITE_CONSTRAINT_COMMITHOOK), (fault.SqliteErrorCode, fault.SqliteExtendedErrorCode));
        db.ChangeTracker.Clear();
        raw.sqlite3_commit_hook(handle, null, null);
        await AddAsync(db);
        Assert.Equal(1, await db.Rows.CountAsync(TestContext.Current.CancellationToken));
    }

    // A statement that fails so ends its transaction, as one that finds the disk full may; of that, the driver knows.
    [Fact]
    public async Task A_transaction_that_ended_with_a_failed_statement_leaves_none_open()
    {
        await using var db = new OneTable(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        await AddAsync(db);

        await Assert.ThrowsAsync<SqliteException>(async () =>
        {
            await using var transaction = await db.Database.BeginLockingAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlRawAsync("INSERT OR ROLLBACK INTO Rows (Id) VALUES (1)", TestContext.Current.CancellationToken);
        });

        Assert.NotEqual(0, raw.sqlite3_get_autocommit(((SqliteConnection)db.Database.GetDbConnection()).Handle));
        await AddAsync(db);
        Assert.Equal(2, await db.Rows.CountAsync(TestContext.Current.CancellationToken));
    }

    private static async Task AddAsync(OneTable db)
    {
        await using var transaction = await db.Database.BeginLockingAsync(TestContext.Current.CancellationToken);
        db.Add(new Row());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Row
    {
        public int Id { get; init; }
    }

    private sealed class OneTable(DbContextOptions options) : DbContext(options)
    {
        public DbSet<Row> Rows => Set<Row>();
    }

    private sealed class SavepointCounter : DbTransactionInterceptor
    {
        public int Count { get; private set; }

        public override Task CreatedSavepointAsync(DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
        {
            Count++;
            return Task.CompletedTask;
        }
    }
}

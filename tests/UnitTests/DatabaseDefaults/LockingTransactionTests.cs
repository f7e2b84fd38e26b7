using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using SQLitePCL;

namespace Skypunch.UnitTests.DatabaseDefaults;

public sealed class LockingTransactionTests
{
    [Fact]
    public async Task On_SQLite_it_writes_from_its_start()
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
}

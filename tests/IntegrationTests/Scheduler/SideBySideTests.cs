using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Store;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>Several Schedulers may write the same row of MySQL at the same moment.</summary>
public sealed class SideBySideTests(MySqlServer mySql) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _errors = new();
    private string _connection = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await mySql.CreateDatabaseAsync() + ";Allow User Variables=true;GUID Format=Char36";
        await using var db = Open();
        await db.Database.MigrateAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_first_sign_of_life_of_a_Prober_that_several_Schedulers_store_is_one_row_and_no_error()
    {
        const int Probers = 30;
        var now = TimeProvider.System.GetUtcNow();
        foreach (var name in Enumerable.Range(0, Probers).Select(number => $"prober-{number}"))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(sign => KeepAsync(new ProberSeen(name, "2.0", now, now.AddSeconds(sign), 1, sign))));
        }

        await using var db = Open();
        Assert.Equal(Probers, await db.Probers.CountAsync(Cancellation));
        Assert.Empty(_errors);
    }

    private MySqlSchedulerDb Open() => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerDb.Name).LogTo(_errors.Enqueue, LogLevel.Error).Options);

    private async Task KeepAsync(ProberSeen seen)
    {
        await using var db = Open();
        await ProberSeenConsumer.KeepAsync(db, seen, Cancellation);
    }
}

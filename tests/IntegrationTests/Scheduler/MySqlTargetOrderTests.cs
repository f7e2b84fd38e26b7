using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.TestBed;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>Orders, ranks and counts on a real MySQL, which must be those of SQLite.</summary>
public sealed class MySqlTargetOrderTests(MySqlServer mySql) : IAsyncLifetime
{
    private static readonly string[] Words = ["PASS", "FAIL", "fail", "weird"];

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
    public async Task Pages_in_any_order_have_all_targets_once_and_in_that_order()
    {
        await using var db = Open();
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            await db.Targets.ExecuteDeleteAsync(Cancellation);
            db.Targets.AddRange(Enumerable.Range(0, 15).Select(_ => RandomOrders.ATarget(random)));
            await db.SaveChangesAsync(Cancellation);
            db.ChangeTracker.Clear();
            var rows = await db.Targets.AsNoTracking().ToListAsync(Cancellation);
            foreach (var text in RandomOrders.All.Keys)
            {
                Assert.True(TargetOrder.TryParse(text, out var order, out _));
                var ids = new List<long>();
                List<Target> page;
                do
                {
                    var rest = ids.Count == 0 ? db.Targets : order.After(db.Targets, order.PlaceOf(rows.Single(row => row.Id == ids[^1])));
                    page = await order.Sort(rest!).AsNoTracking().Take(4).ToListAsync(Cancellation);
                    ids.AddRange(page.Select(row => row.Id));
                }
                while (page.Count == 4);

                Assert.Equal((seed, text, string.Join(' ', RandomOrders.All[text](rows).Select(row => row.Id))), (seed, text, string.Join(' ', ids)));
            }
        }
    }

    [Fact]
    public async Task Ranks_counts_and_groups_follow_what_a_hand_writes()
    {
        await using var db = Open();
        db.Targets.AddRange(Words.Select((name, i) => new Target { Name = name, Url = "http://127.0.0.1/", GroupPath = i < 2 ? "Shop" : "shop" }));
        await db.SaveChangesAsync(Cancellation);
        await db.Database.ExecuteSqlAsync($"UPDATE targets SET status = LEFT(name, 4)", Cancellation);
        db.ChangeTracker.Clear();

        var ranks = await db.Targets.OrderBy(row => row.Id).Select(row => EF.Property<int>(row, StatusRank.Property)).ToListAsync(Cancellation);
        var groups = await new TargetCensus(db).GroupsAsync(null, null, 10, Cancellation);

        Assert.Equal([StatusRank.Pass, StatusRank.Fail, StatusRank.New, StatusRank.New], ranks);
        Assert.Equal(await db.Targets.AsNoTracking().OrderBy(row => row.Id).Select(row => StatusRank.Of(row)).ToListAsync(Cancellation), ranks);
        Assert.Equal(["Shop 1 0 1", "shop 0 2 0"], groups.Select(group => $"{group.Name} {group.Counts.FailCount} {group.Counts.NewCount} {group.Counts.PassCount}"));
        Assert.Equal("shop", Assert.Single(await new TargetCensus(db).GroupsAsync(null, "Shop", 10, Cancellation)).Name);
    }

    private MySqlSchedulerDb Open() => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerDb.Name).Options);
}

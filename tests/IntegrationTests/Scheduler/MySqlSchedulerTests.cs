using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.IntegrationTests.TestBed;
using Skypunch.Scheduler;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>The Scheduler's SQL on a real MySQL: what SQLite does otherwise, and what only several Schedulers can show.</summary>
public sealed class MySqlSchedulerTests(MySqlServer mySql) : IAsyncLifetime
{
    private readonly SecretBox _secrets = new(new byte[SecretBox.KeyBytes]);
    private string _connection = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await mySql.CreateDatabaseAsync() + ";Allow User Variables=true;GUID Format=Char36";

        // Replicas that start together take turns.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            await using var db = Open();
            await db.Database.MigrateAsync(Cancellation);
        }));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_tables_are_as_the_model_says()
    {
        await using var db = Open();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancellation));
    }

    [Fact]
    public async Task A_row_written_by_hand_is_claimed_sealed_folded_and_announced()
    {
        await using (var db = Open())
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO targets (name, url, authn, authn_parms) VALUES ('x', 'http://127.0.0.1/', 'BASIC', 'user=me,password=s3cr3t')", Cancellation);
        }

        var job = Assert.Single(await ClaimAsync()).Job;
        Assert.Empty(await ClaimAsync());
        var announce = await FoldAsync(Failed(job));

        await using var after = Open();
        var target = await after.Targets.SingleAsync(Cancellation);
        Assert.True(announce);
        Assert.Equal((TargetStatus.Fail, TargetStatus.New, "target status:503 != 200", "status_mismatch"), (target.Status, target.PreviousStatus!.Value, target.StatusDescription, target.Reason));
        Assert.Equal((1, 1, 0, 1), (target.FailCount, target.Count500, target.NetworkFails, target.RepeatedFails));
        Assert.Equal(job.Slot, target.LastSlotAt);
        Assert.Null(target.InFlightSlotAt);
        Assert.Equal("user=me,password=s3cr3t", _secrets.Open(SecretBox.TargetPurpose, target.AuthnParms!));
        Assert.Equal(job.SealedAuthnParameters, target.AuthnParms);
        Assert.Null((await after.StatusChanges.SingleAsync(Cancellation)).StoredAt);
        Assert.False(await FoldAsync(Failed(job)), "a result delivered twice counts once");
    }

    [Fact]
    public async Task Schedulers_side_by_side_never_claim_the_same_target()
    {
        const int Targets = 1000;
        await AddAsync(Targets);

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ClaimAllAsync()));

        Assert.Equal(Targets, claims.Sum(claimed => claimed.Count));
        Assert.Equal(Targets, claims.SelectMany(claimed => claimed).Select(claimed => claimed.Job.TargetId).Distinct().Count());
    }

    [Fact]
    public async Task Schedulers_side_by_side_fold_overlapping_batches_and_count_each_result_once()
    {
        const int Targets = 200;
        await AddAsync(Targets);
        var results = (await ClaimAllAsync()).Select(claimed => Failed(claimed.Job)).ToArray();

        await Task.WhenAll(
            FoldAsync(results),
            FoldAsync([.. results.Reverse()]),
            FoldAsync(results[..100]),
            FoldAsync(results[100..]));

        await using var db = Open();
        Assert.Equal((long)Targets, await db.Targets.SumAsync(t => t.FailCount, Cancellation));
        Assert.Equal(Targets, await db.StatusChanges.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Jobs_given_back_are_claimed_again_for_the_same_slot()
    {
        await AddAsync(3);
        var claimed = await ClaimAsync();
        await using (var db = Open())
        {
            await new DueTargets(db, _secrets).GiveBackAsync(claimed.ToList(), Cancellation);
        }

        var again = await ClaimAsync();

        Assert.Equal(claimed.Select(c => (c.Job.TargetId, c.Job.Slot)).Order(), again.Select(c => (c.Job.TargetId, c.Job.Slot)).Order());
    }

    private MySqlSchedulerDb Open() => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerExtensions.Owner).Options);

    private async Task AddAsync(int count)
    {
        await using var db = Open();
        db.Targets.AddRange(Enumerable.Range(0, count).Select(i => new Target { Name = $"t{i}", Url = "http://127.0.0.1/" }));
        await db.SaveChangesAsync(Cancellation);
    }

    private async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int limit = 500)
    {
        await using var db = Open();
        var now = TimeProvider.System.GetUtcNow();
        return (await new DueTargets(db, _secrets).ClaimAsync(now, now + TimeSpan.FromSeconds(1), limit, Cancellation)).Jobs;
    }

    private async Task<List<ClaimedJob>> ClaimAllAsync()
    {
        var all = new List<ClaimedJob>();
        while (await ClaimAsync(limit: 50) is { Count: > 0 } claimed)
        {
            all.AddRange(claimed);
        }

        return all;
    }

    private async Task<bool> FoldAsync(params ProbeResult[] results)
    {
        await using var db = Open();
        return await new ResultFold(db, TimeProvider.System).FoldAsync(new ProbeResults("prober-1", results), Cancellation);
    }

    private static ProbeResult Failed(ProbeJob job) => new()
    {
        TargetId = job.TargetId,
        Slot = job.Slot,
        Revision = job.Revision,
        StartedAt = job.Slot,
        Duration = TimeSpan.FromMilliseconds(3),
        Reason = ProbeReasons.StatusMismatch,
        Description = "target status:503 != 200",
        StatusCode = 503,
    };
}

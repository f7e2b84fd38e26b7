using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>The Scheduler's SQL on a real MySQL: where SQLite differs, and what only several Schedulers can show.</summary>
public sealed class MySqlSchedulerTests(MySqlServer mySql) : IAsyncLifetime
{
    private readonly SecretBox _secrets = new(new byte[SecretKeys.Bytes]);
    private readonly BadRows _badRows = new(TimeProvider.System, NullLogger<BadRows>.Instance);
    private string _connection = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await mySql.CreateDatabaseAsync() + ";Allow User Variables=true;GUID Format=Char36";

        // Replicas that start together migrate one after the other.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            await using var db = Open();
            await db.Database.MigrateAsync(Cancellation);
        }));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_migrations_create_the_tables_of_the_model()
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
        Assert.Equal("user=me,password=s3cr3t", _secrets.Open(TargetSecrets.PlaceOf(target.Id, SecretNames.Authn), target.AuthnParms!));
        Assert.Equal("user=me,password=s3cr3t", InJob(job, SecretNames.Authn, job.SealedAuthnParameters));
        Assert.Null((await after.StatusChanges.SingleAsync(Cancellation)).StoredAt);
        Assert.False(await FoldAsync(Failed(job)), "a result delivered twice counts once");
    }

    [Fact]
    public async Task A_row_of_the_first_migration_survives_the_later_ones()
    {
        _connection = await mySql.CreateDatabaseAsync() + ";Allow User Variables=true;GUID Format=Char36";
        await using (var db = Open())
        {
            await db.GetService<IMigrator>().MigrateAsync("Initial", Cancellation);
            await db.Database.ExecuteSqlAsync($"INSERT INTO targets (name, url) VALUES ('x', 'http://127.0.0.1/')", Cancellation);
            await db.Database.MigrateAsync(Cancellation);
        }

        var job = Assert.Single(await ClaimAsync()).Job;

        Assert.Equal((0, null, null, null), (job.MaxRedirects, job.HttpVersion, job.IpFamily, job.SealedHeaders));
    }

    [Fact]
    public async Task The_secret_fields_of_a_request_are_sealed_in_the_row_and_reach_the_job()
    {
        var (body, certificates) = (new string('ä', 8000), new string('c', 60_000));
        await using (var db = Open())
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO targets (name, url, method, headers, body, tls_parms, follow_redirects, assertions, retry_interval, service_type, region_name, interface,
                    proxy, query_secrets, keep_cookies, timeout, timeout_ms)
                VALUES ('x', '/servers', 'POST', {"X-Token: s3cr3t\nAccept: */*"}, {body}, {"ca=" + certificates}, 1, {"body contains OK\nlatency < 1s"}, 5,
                    'compute', 'RegionOne', 'internal', 'http://u:s3cr3t@proxy:3128', 'api_key=s3cr3t', 1, 1, 250)
                """,
                Cancellation);
        }

        await AddAsync(1);
        var jobs = await ClaimAsync();

        var job = jobs.Single(claimed => claimed.Job.Name == "x").Job;
        await using var after = Open();
        var stored = await after.Targets.SingleAsync(t => t.Name == "x", Cancellation);
        Assert.Equal(body, _secrets.Open(TargetSecrets.PlaceOf(stored.Id, SecretNames.Body), stored.Body!));
        Assert.Equal("http://u:s3cr3t@proxy:3128", _secrets.Open(TargetSecrets.PlaceOf(stored.Id, SecretNames.Proxy), stored.Proxy!));
        Assert.Equal("api_key=s3cr3t", _secrets.Open(TargetSecrets.PlaceOf(stored.Id, SecretNames.QuerySecrets), stored.QuerySecrets!));
        Assert.Equal("http://u:s3cr3t@proxy:3128", InJob(job, SecretNames.Proxy, job.SealedProxy));
        Assert.Equal("api_key=s3cr3t", InJob(job, SecretNames.QuerySecrets, job.SealedQuerySecrets));
        Assert.Equal((true, 250), (job.KeepsCookies, job.Timeout.TotalMilliseconds));
        Assert.Equal("X-Token: s3cr3t\nAccept: */*", InJob(job, SecretNames.Headers, job.SealedHeaders));
        Assert.Equal(body, InJob(job, SecretNames.Body, job.SealedBody));
        Assert.Equal("ca=" + certificates, InJob(job, SecretNames.Tls, job.SealedTlsParameters));
        Assert.Equal((5, "body contains OK\nlatency < 1s"), (job.MaxRedirects, job.Assertions));
        Assert.Equal(new("compute", "RegionOne", "internal"), job.Catalog);
        Assert.Null((await after.Targets.SingleAsync(t => t.Name == "t0", Cancellation)).Headers);
    }

    [Fact]
    public async Task The_last_failure_and_the_last_change_are_kept_advice_is_stored_and_the_retry_is_booked()
    {
        await using (var db = Open())
        {
            db.Targets.Add(new Target { Name = "x", Url = "http://127.0.0.1/", Frequency = 3600, FailureThreshold = 2, RetryInterval = 1 });
            await db.SaveChangesAsync(Cancellation);
        }

        var first = Assert.Single(await ClaimAsync()).Job;
        await FoldAsync(Failed(first) with { Advice = "\"Look\" at – it: \\", Trace = [Step("first 😀 \"quoted\"")] });
        var afterFirst = await ReadAsync();
        var second = Failed(first) with { Slot = first.Slot.AddSeconds(1), StartedAt = first.Slot.AddSeconds(1), Trace = [Step("second")] };
        await FoldAsync(second);

        Assert.Equal(("\"Look\" at – it: \\", TargetStatus.New), (afterFirst.Target.Advice, afterFirst.Target.Status));
        Assert.InRange(afterFirst.Target.NextProbeAt!.Value - first.Slot, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(["FAILURE first 😀 \"quoted\""], afterFirst.Traces);
        var (target, traces) = await ReadAsync();
        Assert.Equal((TargetStatus.Fail, null), (target.Status, target.Advice));
        Assert.Equal(["CHANGE second", "FAILURE second"], traces);

        async Task<(Target Target, List<string> Traces)> ReadAsync()
        {
            await using var db = Open();
            var rows = await db.TargetTraces.AsNoTracking().OrderBy(t => t.Kind).ToListAsync(Cancellation);
            return (
                await db.Targets.AsNoTracking().SingleAsync(Cancellation),
                rows.ConvertAll(row => $"{row.Kind} {JsonSerializer.Deserialize<TracedProbe>(row.Payload)!.Result.Trace!.Single().Text}"));
        }
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
        Assert.Equal(2 * Targets, await db.TargetTraces.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Jobs_given_back_are_claimed_again_for_the_same_slot()
    {
        await AddAsync(3);
        var claimed = await ClaimAsync();
        await using (var db = Open())
        {
            await Due(db).GiveBackAsync(claimed.ToList(), jump: TimeSpan.Zero, Cancellation);
        }

        var again = await ClaimAsync();

        Assert.Equal(claimed.Select(c => (c.Job.TargetId, c.Job.Slot)).Order(), again.Select(c => (c.Job.TargetId, c.Job.Slot)).Order());
    }

    private MySqlSchedulerDb Open() => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerDb.Name).Options);

    private async Task AddAsync(int count)
    {
        await using var db = Open();
        db.Targets.AddRange(Enumerable.Range(0, count).Select(i => new Target { Name = $"t{i}", Url = "http://127.0.0.1/" }));
        await db.SaveChangesAsync(Cancellation);
    }

    private DueTargets Due(SchedulerDb db) => new(db, _secrets, new SealedColumns(_secrets), new SetAside(db, _badRows, Options.Create(new SchedulerOptions()), TimeProvider.System));

    private async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int limit = 500)
    {
        await using var db = Open();
        var now = TimeProvider.System.GetUtcNow();
        return (await Due(db).ClaimAsync(now, now + TimeSpan.FromSeconds(1), limit, Cancellation)).Jobs;
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
        var fold = new ResultFold(db, Options.Create(new SchedulerOptions()), new LivingProbers(TimeProvider.System), new MaintenanceWindows(TimeProvider.System, NullLogger<MaintenanceWindows>.Instance), new SetAside(db, _badRows, Options.Create(new SchedulerOptions()), TimeProvider.System), TimeProvider.System);
        var folded = await fold.FoldAsync(new ProbeResults("prober-1", results), Cancellation);
        return folded.Changes.Any(change => change.StoredAt is null);
    }

    private static ProbeStep Step(string text) => new("response", DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(2), text, StepOutcome.Fail);

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

    private string InJob(ProbeJob job, string name, string? sealedText)
        => _secrets.Open(SecretPlace.InJob(name, job.TargetId, job.Slot, job.Url), sealedText!);
}

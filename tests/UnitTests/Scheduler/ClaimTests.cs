using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Scheduler;

public sealed class ClaimTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    [Fact]
    public async Task A_crowd_of_new_targets_is_probed_one_after_the_other_and_a_few_at_once()
    {
        await using (var db = _store.Open())
        {
            db.Targets.AddRange(Enumerable.Range(0, 300).Select(i => new Target { Name = $"t{i}", Url = "http://127.0.0.1/", Frequency = 60 }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var atOnce = await _store.ClaimAsync();
        await using var after = _store.Open();
        var due = await after.Targets.Select(t => t.NextProbeAt!.Value).ToListAsync(TestContext.Current.CancellationToken);
        var missed = await after.Targets.SumAsync(t => t.MissedCount, TestContext.Current.CancellationToken);

        Assert.Empty(atOnce);
        Assert.Equal((300, 0), (due.Distinct().Count(), missed));
        Assert.All(due, at => Assert.InRange(at - SchedulerStore.Noon, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.All(due.GroupBy(at => (int)(at - SchedulerStore.Noon).TotalSeconds / 10), tenSeconds => Assert.InRange(tenSeconds.Count(), 40, 60));
    }

    [Fact]
    public async Task A_row_written_by_hand_with_name_and_url_only_is_claimed_at_once()
    {
        await using (var db = _store.Open())
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO targets (name, url) VALUES ('x', 'http://127.0.0.1/')", TestContext.Current.CancellationToken);
        }

        var claimed = Assert.Single(await _store.ClaimAsync());

        Assert.Equal(("x", "GET", "NONE", "200", TimeSpan.FromSeconds(10)), (claimed.Job.Name, claimed.Job.Method, claimed.Job.Authn, claimed.Job.PassResult, claimed.Job.Timeout));
        Assert.Equal(SchedulerStore.Noon, claimed.Job.Slot);
    }

    [Theory]
    [InlineData(ProbeReasons.ConnectRefused, true)]
    [InlineData(ProbeReasons.StatusMismatch, false)]
    public async Task A_job_says_whether_its_target_is_down_by_the_network(string reason, bool byNetwork)
    {
        await _store.AddAsync("x");
        var first = Assert.Single(await _store.ClaimAsync()).Job;
        await _store.FoldAsync(SchedulerStore.Result(first, null, reason));
        _store.Clock.Advance(TimeSpan.FromSeconds(1));

        var next = Assert.Single(await _store.ClaimAsync()).Job;

        Assert.Equal((false, false), (first.IsFailing, first.IsFailingByNetwork));
        Assert.Equal((true, byNetwork), (next.IsFailing, next.IsFailingByNetwork));
    }

    [Fact]
    public async Task The_next_target_is_the_one_that_is_due_first_whether_it_is_new_or_being_probed_and_none_that_is_disabled()
    {
        await _store.AddAsync(new Target { Name = "disabled", Url = "http://127.0.0.1/", Enabled = false });
        var none = await NextAtAsync();
        await _store.AddAsync("later", frequency: 60);
        var isNew = await NextAtAsync();
        var later = Assert.Single(await _store.ClaimAsync()).Job;
        var inFlight = await NextAtAsync();

        Assert.Null(none);
        Assert.Equal(DateTimeOffset.UnixEpoch, isNew);
        Assert.Equal((await _store.ReadAsync(later.TargetId)).NextProbeAt, inFlight);

        async Task<DateTimeOffset?> NextAtAsync()
        {
            await using var db = _store.Open();
            return await _store.Due(db).NextAtAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_target_never_has_two_probes_in_flight()
    {
        var id = await _store.AddAsync("x");
        var first = Assert.Single(await _store.ClaimAsync());

        _store.Clock.Advance(TimeSpan.FromSeconds(1.7));
        Assert.Empty(await _store.ClaimAsync());

        await _store.FoldAsync(SchedulerStore.Result(first.Job));
        Assert.Single(await _store.ClaimAsync());
        Assert.Equal(1, (await _store.ReadAsync(id)).PassCount);
    }

    [Fact]
    public async Task A_job_that_nobody_answers_costs_one_probe_and_its_late_answer_does_not_count()
    {
        var id = await _store.AddAsync("x");
        var lost = Assert.Single(await _store.ClaimAsync());

        _store.Clock.Advance(TimeSpan.FromSeconds(2.7)); // three waits of half a second, and the timeout
        var next = Assert.Single(await _store.ClaimAsync());
        await _store.FoldAsync(SchedulerStore.Result(lost.Job));
        await _store.FoldAsync(SchedulerStore.Result(next.Job));

        var target = await _store.ReadAsync(id);
        Assert.Equal(1, target.PassCount);
        Assert.InRange(target.MissedCount, 1, 3); // the lost slot, and those that passed meanwhile
    }

    [Fact]
    public async Task Jobs_given_back_are_claimed_again_for_the_same_slot()
    {
        var id = await _store.AddAsync("x");
        var claimed = await _store.ClaimAsync();
        await using (var db = _store.Open())
        {
            await _store.Due(db).GiveBackAsync(claimed.ToList(), jump: TimeSpan.Zero, TestContext.Current.CancellationToken);
        }

        var again = await _store.ClaimAsync();

        Assert.Equal(claimed[0].Job.Slot, Assert.Single(again).Job.Slot);
        Assert.Equal(0, (await _store.ReadAsync(id)).MissedCount);
    }

    [Fact]
    public async Task Credentials_written_by_hand_are_sealed_in_place_and_travel_sealed()
    {
        const string Plain = "user=me,password=s3cr3t";
        var id = await _store.AddAsync("x", authnParms: Plain);

        var job = Assert.Single(await _store.ClaimAsync()).Job;

        var stored = (await _store.ReadAsync(id)).AuthnParms!;
        Assert.DoesNotContain("s3cr3t", stored);
        Assert.Equal(Plain, _store.Secrets.Open(TargetSecrets.PlaceOf(id, SecretNames.Authn), stored));
        Assert.Equal(Plain, InJob(job, SecretNames.Authn, job.SealedAuthnParameters));
    }

    [Fact]
    public async Task What_a_request_says_is_sealed_in_place_too_and_travels_with_the_rest_of_it()
    {
        await using (var db = _store.Open())
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO targets (id, name, url, method, headers, body, content_type, tls_parms, follow_redirects, http_version, ip_family, assertions, retry_interval,
                    service_type, region_name, interface, proxy, query_secrets, keep_cookies, timeout, timeout_ms)
                VALUES (5, 'x', '/servers', 'POST', {"X-Token: s3cr3t\nAccept: */*"}, {"b0dy's3cr3t"}, 'text/x', 'skip_verify=true,client_key=s3cr3t', 1, '2', 'IPV6',
                    {"body contains OK\nlatency < 1s"}, 5, 'compute', 'RegionOne', 'internal',
                    'http://u:s3cr3t@proxy:3128', 'api_key=s3cr3t', 1, 1, 250)
                """,
                TestContext.Current.CancellationToken);
        }

        var job = Assert.Single(await _store.ClaimAsync()).Job;

        var stored = await _store.ReadAsync(5);
        Assert.DoesNotContain("s3cr3t", stored.Headers + stored.Body + stored.TlsParms + stored.Proxy + stored.QuerySecrets);
        Assert.Equal("http://u:s3cr3t@proxy:3128", InJob(job, SecretNames.Proxy, job.SealedProxy));
        Assert.Equal("api_key=s3cr3t", InJob(job, SecretNames.QuerySecrets, job.SealedQuerySecrets));
        Assert.Equal((true, 250), (job.KeepsCookies, job.Timeout.TotalMilliseconds));
        Assert.Equal("X-Token: s3cr3t\nAccept: */*", InJob(job, SecretNames.Headers, job.SealedHeaders));
        Assert.Equal("b0dy's3cr3t", InJob(job, SecretNames.Body, job.SealedBody));
        Assert.Equal("skip_verify=true,client_key=s3cr3t", InJob(job, SecretNames.Tls, job.SealedTlsParameters));
        Assert.Equal(("text/x", 5, "2", "IPV6", "body contains OK\nlatency < 1s"), (job.ContentType, job.MaxRedirects, job.HttpVersion, job.IpFamily, job.Assertions));
        Assert.Equal(new("compute", "RegionOne", "internal"), job.Catalog);
    }

    [Fact]
    public async Task The_job_of_a_simple_target_carries_nothing_of_what_it_does_not_use()
    {
        await _store.AddAsync("x");

        var job = Assert.Single(await _store.ClaimAsync()).Job;

        Assert.Equal((null, null, null, null, null), (job.SealedHeaders, job.SealedBody, job.SealedTlsParameters, job.SealedAuthnParameters, job.Assertions));
        Assert.Equal((null, 0, null, null, null), (job.ContentType, job.MaxRedirects, job.HttpVersion, job.IpFamily, job.Catalog));
    }

    [Fact]
    public async Task A_new_slot_lies_after_the_last_one_even_where_another_scheduler_booked_it_with_a_clock_ahead()
    {
        var id = await _store.AddAsync("x");
        var ahead = SchedulerStore.Noon.AddMilliseconds(300);
        await using (var db = _store.Open())
        {
            await db.Targets.ExecuteUpdateAsync(set => set.SetProperty(t => t.LastSlotAt, ahead), TestContext.Current.CancellationToken);
        }

        var job = Assert.Single(await _store.ClaimAsync()).Job;
        await _store.FoldAsync(SchedulerStore.Result(job));

        Assert.True(job.Slot > ahead);
        Assert.Equal(1, (await _store.ReadAsync(id)).PassCount);
    }

    [Fact]
    public async Task A_disabled_target_is_not_claimed()
    {
        var id = await _store.AddAsync("x");
        await using (var db = _store.Open())
        {
            await db.Targets.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Enabled, false), TestContext.Current.CancellationToken);
        }

        Assert.Empty(await _store.ClaimAsync());
    }

    [Fact]
    public async Task After_a_kill_the_probes_in_flight_are_given_up_and_counted_as_missed()
    {
        var id = await _store.AddAsync("x", frequency: 60, timeout: 60);
        Assert.Single(await _store.ClaimAsync());
        await using (var db = _store.Open())
        {
            Assert.Equal(1, await _store.Due(db).ForgetInFlightAsync(TestContext.Current.CancellationToken));
        }

        _store.Clock.SetUtcNow((await _store.ReadAsync(id)).NextProbeAt!.Value);

        Assert.Single(await _store.ClaimAsync());
        Assert.Equal(1, (await _store.ReadAsync(id)).MissedCount);
    }

    [Fact]
    public async Task A_claim_takes_no_more_than_its_limit_and_says_that_there_is_more()
    {
        await _store.AddAsync("x");
        await _store.AddAsync("y");

        var (first, mayBeMore) = await _store.ClaimSomeAsync(limit: 1);
        var (both, isMoreThanBoth) = await _store.ClaimSomeAsync(limit: 2);

        Assert.Equal((1, true), (first.Count, mayBeMore));
        Assert.Equal((1, false), (both.Count, isMoreThanBoth));
        Assert.NotEqual(first[0].Job.TargetId, both[0].Job.TargetId);
    }

    public void Dispose() => _store.Dispose();

    private string InJob(ProbeJob job, string name, string? sealedText)
        => _store.Secrets.Open(SecretPlace.InJob(name, job.TargetId, job.Slot, job.Url), sealedText!);
}

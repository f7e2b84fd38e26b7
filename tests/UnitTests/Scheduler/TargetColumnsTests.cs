using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetColumnsTests : IDisposable
{
    // The columns that every result changes.
    private static readonly string[] Counted =
        [nameof(Target.FailCount), nameof(Target.NetworkFails), nameof(Target.LastSlotAt), nameof(Target.InFlightSlotAt), nameof(Target.InFlightUntil),
            nameof(Target.RepeatedNotProbed), nameof(Target.History)];

    private static readonly PropertyInfo[] Columns = [.. typeof(Target).GetProperties().Where(property => property.Name != nameof(Target.Labels))];

    private readonly SchedulerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_row_of_these_tests_has_no_column_as_by_default()
    {
        var byDefault = new Target { Name = "", Url = "" };
        var full = AFullRow();

        Assert.DoesNotContain(Columns, column => column.Name != nameof(Target.Id) && column.Name != nameof(Target.Enabled)
            && Equals(column.GetValue(full), column.GetValue(byDefault)));
    }

    [Fact]
    public async Task A_claim_reads_all_that_a_job_is_made_of()
    {
        var id = await _store.AddAsync(AFullRow());

        var claimed = Assert.Single(await _store.ClaimAsync()).Job;

        var row = await _store.ReadAsync(id);
        Assert.Equal(Opened(ProbeJobs.Of(row, claimed.Slot, _store.Secrets)), Opened(claimed with { TraceOnPass = false, StartBy = null }));
        Assert.Equal(row.InFlightUntil, claimed.StartBy + claimed.Timeout);
    }

    // Each sealing gives another text, so the secrets are compared unsealed.
    private ProbeJob Opened(ProbeJob job)
    {
        return job with
        {
            SealedAuthnParameters = Open(SecretNames.Authn, job.SealedAuthnParameters),
            SealedHeaders = Open(SecretNames.Headers, job.SealedHeaders),
            SealedBody = Open(SecretNames.Body, job.SealedBody),
            SealedTlsParameters = Open(SecretNames.Tls, job.SealedTlsParameters),
            SealedProxy = Open(SecretNames.Proxy, job.SealedProxy),
            SealedQuerySecrets = Open(SecretNames.QuerySecrets, job.SealedQuerySecrets),
        };

        string Open(string name, string? sealedText) => _store.Secrets.Open(SecretPlace.InJob(name, job.TargetId, job.Slot, job.Url), sealedText!);
    }

    [Fact]
    public async Task A_fold_leaves_as_they_are_all_columns_that_it_does_not_change()
    {
        var id = await _store.AddAsync(AFullRow());
        var job = Assert.Single(await _store.ClaimAsync()).Job;
        var before = await _store.ReadAsync(id);

        await _store.FoldAsync(Failure(job) with { Revision = job.Revision + 1 }); // counted, but not judged
        var after = await _store.ReadAsync(id);

        Assert.Equal(before.FailCount + 1, after.FailCount);
        Assert.All(Columns.Where(column => !Counted.Contains(column.Name)), column => Assert.Equal(column.GetValue(before), column.GetValue(after)));
    }

    [Fact]
    public async Task A_fold_reads_all_that_a_change_announces()
    {
        var id = await _store.AddAsync(AFullRow());
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        await _store.FoldAsync(Failure(job), Failure(job) with { Slot = job.Slot.AddSeconds(1) }, Failure(job) with { Slot = job.Slot.AddSeconds(2) });

        await using var db = _store.Open();
        var change = await db.StatusChanges.SingleAsync(TestContext.Current.CancellationToken);
        var told = JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload)!;
        var row = await _store.ReadAsync(id);
        Assert.Equal(
            (row.Name, row.Description, TargetAddress.Of(row.Url, row.ServiceType), row.Method, row.Authn, row.PassResult, (double)row.Frequency, TargetTimeout.Of(row).TotalSeconds),
            (told.Name, told.TargetDescription, told.Url, told.Method, told.Authn, told.PassResult, told.Frequency.TotalSeconds, told.Timeout.TotalSeconds));
    }

    private static ProbeResult Failure(ProbeJob job) => SchedulerStore.Result(job, status: null, ProbeReasons.DnsError);

    private static Target AFullRow() => new()
    {
        Name = "full",
        Url = "/v2.1/servers",
        Description = "Who is asked first.",
        GroupPath = "prod/shop",
        Method = "POST",
        Authn = "OPENSTACK",
        AuthnParms = "username=u password=p",
        PassResult = "200-299",
        Headers = "X-A: b",
        Body = "{}",
        ContentType = "application/json",
        FollowRedirects = true,
        MaxRedirects = 3,
        KeepCookies = true,
        Proxy = "http://u:p@proxy:3128",
        QuerySecrets = "api_key=k",
        HttpVersion = HttpVersions.Http2,
        IpFamily = IpFamilies.IPv4,
        TlsParms = "skip_verify=true",
        Assertions = "body contains x",
        ServiceType = "compute",
        RegionName = "RegionOne",
        Interface = "internal",
        Frequency = 2,
        Timeout = 2,
        TimeoutMs = 1500,
        RetryInterval = 1,
        FailureThreshold = 3,
        SuccessThreshold = 2,
        Revision = 7,
        Status = TargetStatus.Pass,
        PreviousStatus = TargetStatus.Fail,
        StatusDescription = "OK",
        Reason = "ok",
        Advice = "None.",
        StatusSince = At(-1),
        LastUpdated = At(-2),
        PassCount = 1,
        FailCount = 2,
        Count200 = 3,
        Count300 = 4,
        Count400 = 5,
        Count500 = 6,
        NetworkFails = 7,
        RepeatedFails = 1,
        RepeatedPasses = 9,
        LastProbe = "1;2;200;;;;;;;",
        LastSlotAt = At(-3),
        NextProbeAt = At(0),
        InFlightSlotAt = At(-4),
        InFlightUntil = At(-1),
        MissedCount = 10,
        RepeatedNotProbed = 2,
        History = [7],
        UntoldChange = "019ac5d2-0000-7000-8000-000000000000",
    };

    private static DateTimeOffset At(int minutes) => SchedulerStore.Noon.AddMinutes(minutes).AddMilliseconds(minutes * 0.1);
}

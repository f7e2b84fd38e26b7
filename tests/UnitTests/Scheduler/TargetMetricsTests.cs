using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Reports;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetMetricsTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Each_enabled_target_has_metrics_with_the_names_of_blackbox_exporter()
    {
        var id = await _store.AddAsync("My \"shop\"");
        var never = await _store.AddAsync("never probed");
        var job = (await _store.ClaimAsync()).Single(claimed => claimed.Job.TargetId == id).Job;
        await _store.FoldAsync(SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch) with
        {
            Timings = new ProbeTimings(null, TimeSpan.FromMilliseconds(2), null, null, TimeSpan.FromMilliseconds(40), null),
            CertificateNotAfter = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000),
        });

        var page = await PageAsync();

        const string Labels = "instance=\"http://127.0.0.1/\",target=\"My \\\"shop\\\"\",target_id=\"1\"";
        Assert.Contains("# TYPE probe_success gauge", page);
        Assert.Contains($"probe_success{{{Labels}}} 0", page);
        Assert.Contains($"probe_duration_seconds{{{Labels}}} 0.003", page);
        Assert.Contains($"probe_http_status_code{{{Labels}}} 503", page);
        Assert.Contains($"probe_ssl_earliest_cert_expiry{{{Labels}}} 1800000000", page);
        Assert.Contains($"probe_http_duration_seconds{{{Labels},phase=\"resolve\"}} 0.002", page);
        Assert.Contains($"probe_http_duration_seconds{{{Labels},phase=\"processing\"}} 0.04", page);
        Assert.DoesNotContain(page, line => line.Contains("phase=\"tls\"", StringComparison.Ordinal));
        Assert.Contains($"skypunch_target_status{{{Labels}}} 0", page);
        Assert.Contains(page, line => line.StartsWith("skypunch_target_status{", StringComparison.Ordinal) && line.EndsWith($"target_id=\"{never}\"}} -1", StringComparison.Ordinal));
        Assert.DoesNotContain(page, line => line.StartsWith("probe_success", StringComparison.Ordinal) && line.Contains("never probed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_named_like_a_secret_in_a_URL_is_neither_on_the_page_nor_told_of_a_change()
    {
        await _store.AddAsync(new Target { Name = "x", Url = "http://127.0.0.1/hook?page=1&api_key=S3CR3T" });
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        await _store.FoldAsync(SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch));

        await using var db = _store.Open();
        var told = (await db.StatusChanges.SingleAsync(TestContext.Current.CancellationToken)).Payload;
        Assert.Equal("http://127.0.0.1/hook?page=1&api_key=S3CR3T", job.Url);
        Assert.Equal("http://127.0.0.1/hook?page=1&api_key=***", JsonSerializer.Deserialize<TargetStatusChanged>(told)!.Url);
        Assert.Contains("skypunch_target_status{instance=\"http://127.0.0.1/hook?page=1&api_key=***\",target=\"x\",target_id=\"1\"} 0", await PageAsync());
        Assert.DoesNotContain("S3CR3T", told + string.Join('\n', await PageAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_the_setting_names_are_labels_of_the_metrics()
    {
        await _store.AddAsync(new Target
        {
            Name = "x",
            Url = "http://127.0.0.1/",
            Labels = { new() { Name = "example.org/team", Value = "a \"b\"" }, new() { Name = "tier", Value = "1" }, new() { Name = "other", Value = "secret" } },
        });
        await _store.AddAsync("y");

        var page = await PageAsync("tier, example.org/team");

        Assert.Contains("skypunch_target_status{instance=\"http://127.0.0.1/\",target=\"x\",target_id=\"1\",label_tier=\"1\",label_example_org_team=\"a \\\"b\\\"\"} -1", page);
        Assert.Contains("skypunch_target_status{instance=\"http://127.0.0.1/\",target=\"y\",target_id=\"2\"} -1", page);
        Assert.DoesNotContain("secret", string.Join('\n', page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("team", 1)]
    [InlineData("team, a.b,", 2)]
    [InlineData("Team", null)]
    [InlineData("a.b,a-b", null)]
    public void The_setting_names_keys_of_labels(string setting, int? count) => Assert.Equal(count, MetricLabels.Read(setting)?.Count);

    private async Task<string[]> PageAsync(string labels = "")
    {
        await using var db = _store.Open();
        return (await new TargetMetricsPage(db, Options.Create(new SchedulerOptions { MetricLabels = labels })).WriteAsync(TestContext.Current.CancellationToken)).Split('\n');
    }
}

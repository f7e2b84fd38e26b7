using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.UnitTests.Prober;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.UnitTests.DatabaseDefaults;

/// <summary>A store's file is damaged or removed while Skypunch has it open.</summary>
public sealed class StoreWatchTests : IDisposable
{
    private readonly SchedulerStore _store = new();
    private readonly LinesOfLog _log = new();
    private readonly ServiceProvider _services;
    private readonly SqliteSchedulerDb _inUse;
    private readonly StartupGate _gate = new("the Scheduler database");

    public StoreWatchTests()
    {
        _services = new ServiceCollection()
            .AddScoped<SchedulerDb>(_ => _store.Open())
            .AddSingleton<TimeProvider>(new FakeTimeProvider())
            .AddLogging(log => log.AddProvider(_log))
            .AddSingleton(services => ActivatorUtilities.CreateInstance<StoreWatch<SchedulerDb>>(services, _gate))
            .BuildServiceProvider();
        _gate.Open();
        _inUse = _store.Open();
        _inUse.Database.OpenConnection();
        _inUse.Database.ExecuteSqlRaw("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO targets (name, url) SELECT 'target ' || i, 'http://127.0.0.1/' FROM n");
        _inUse.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private StoreWatch<SchedulerDb> Watch => _services.GetRequiredService<StoreWatch<SchedulerDb>>();

    [Fact]
    public async Task A_store_that_is_well_is_ready_and_nothing_is_reported()
    {
        Watch.Examine();

        Assert.Equal(HealthStatus.Healthy, (await HealthAsync()).Status);
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData("overwritten")]
    [InlineData("cut")]
    [InlineData("deleted")]
    public async Task A_store_that_is_damaged_while_it_is_in_use_is_reported_at_each_look_and_is_not_ready(string how)
    {
        Harm(how);

        Watch.Examine();
        Watch.Examine();

        Assert.Equal(2, _log.Lines.Count(line => line.Text.Contains(_store.Path, StringComparison.Ordinal) && line.Text.Contains("cannot be used as it is", StringComparison.Ordinal)));
        Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync()).Status);
    }

    [Fact]
    public async Task A_store_that_is_repaired_is_ready_again()
    {
        var whole = File.ReadAllBytes(_store.Path);
        Harm("overwritten");
        Watch.Examine();
        File.WriteAllBytes(_store.Path, whole);

        Watch.Examine();

        Assert.Equal(HealthStatus.Healthy, (await HealthAsync()).Status);
        Assert.Contains(_log.Lines, line => line.Text.Contains("can be used again", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _inUse.Dispose();
        _services.Dispose();
        _store.Dispose();
    }

    private void Harm(string how)
    {
        if (how == "deleted")
        {
            File.Delete(_store.Path);
            return;
        }

        using var file = File.Open(_store.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (how == "cut")
        {
            file.SetLength(file.Length / 2);
            return;
        }

        file.Position = 4096; // after the first page
        for (var noise = new byte[4096]; file.Position < file.Length;)
        {
            Array.Fill(noise, (byte)0xA5);
            file.Write(noise);
        }
    }

    private async Task<HealthCheckResult> HealthAsync()
    {
        await using var db = _store.Open();
        var check = new DatabaseHealthCheck<SchedulerDb>(db, _gate, Watch);
        return await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
    }
}

using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.Standalone;

namespace Skypunch.UnitTests.Standalone;

public sealed class HostReadinessTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StartupGate _scheduler = new("the Scheduler database");
    private readonly StartupGate _notifier = new("the Notifier database");
    private readonly BusGate _bus = new();
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly WebApplication _app;

    public HostReadinessTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton(_scheduler).AddSingleton(_notifier).AddSingleton(_bus);
        _app = builder.Build();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_host_says_what_it_waits_for_until_the_bus_has_started()
    {
        var waiting = WaitAsync();

        _scheduler.Begin("its tables are brought up to date");
        Assert.StartsWith("waiting for the Scheduler database: its tables are brought up to date (", await SaidAsync(), StringComparison.Ordinal);
        _scheduler.Open();
        Assert.StartsWith("waiting for the Notifier database (", await SaidAsync(), StringComparison.Ordinal);
        _notifier.Open();
        Assert.StartsWith("waiting for the bus (", await SaidAsync(), StringComparison.Ordinal);
        _bus.Open();
        await waiting;
    }

    [Fact]
    public async Task A_failing_step_is_reported_before_one_that_goes_on_and_ends_the_start()
    {
        var waiting = WaitAsync();

        _scheduler.Begin("its tables are brought up to date");
        _notifier.Fail("the disk is full");
        Assert.StartsWith("waiting for the Notifier database: the disk is full (", await SaidAsync(), StringComparison.Ordinal);

        var e = await Assert.ThrowsAsync<StartupException>(() => PassTimeAsync(waiting));
        Assert.Equal("Skypunch could not start: for 30 s it waits for the Notifier database: the disk is full. The log may say more: the.log", e.Message);
    }

    [Fact]
    public async Task A_bus_that_cannot_be_started_is_reported_with_its_reason()
    {
        _scheduler.Open();
        _notifier.Open();
        _bus.Fail("no queue");

        var e = await Assert.ThrowsAsync<StartupException>(() => PassTimeAsync(WaitAsync()));

        Assert.Contains("it waits for the bus: no queue", e.Message, StringComparison.Ordinal);
    }

    private Task WaitAsync() => HostReadiness.WaitAsync(_app, "the.log", line => _said.Writer.TryWrite(line));

    private async Task<string> SaidAsync()
    {
        string? line = null;
        await Eventually.HoldsAsync(() => _said.Reader.TryRead(out line), "it says something", meanwhile: () => _clock.Advance(TimeSpan.FromSeconds(1)));
        return line!;
    }

    private async Task PassTimeAsync(Task waiting)
    {
        await Eventually.HoldsAsync(() => waiting.IsCompleted, "it waits no longer", meanwhile: () => _clock.Advance(TimeSpan.FromSeconds(1)));
        await waiting;
    }
}

using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Prober.Doubt;
using Skypunch.Prober.Jobs;
using Skypunch.Prober.Settings;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.UnitTests.Prober;

public sealed class ResultPublisherTests
{
    // The job of a target that passed before.
    private static readonly ProbeJob Job = AProbe.Job("http://127.0.0.1");

    [Fact]
    public async Task A_full_batch_goes_out_at_once_and_the_rest_a_moment_later()
    {
        var clock = new FakeTimeProvider();
        await using var prober = await AProberOnABus.StartAsync(parts => parts.AddSingleton<TimeProvider>(clock));
        var publisher = prober.Services.GetRequiredService<ResultPublisher>();

        var published = Enumerable.Range(1, ResultPublisher.BatchSize + 2).Select(id => publisher.PublishAsync(Job, AResult(id))).ToArray();
        await Task.WhenAll(published[..ResultPublisher.BatchSize]).WaitAsync(TestContext.Current.CancellationToken);

        Assert.False(published[ResultPublisher.BatchSize].IsCompleted);

        clock.Advance(ResultPublisher.Linger);
        await Task.WhenAll(published).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal([ResultPublisher.BatchSize, 2], prober.Harness.Published.Select<ProbeResults>(new CancellationToken(canceled: true))
            .Select(message => message.Context.Message.Results.Count));
    }

    [Fact]
    public async Task A_result_that_may_be_a_change_hardly_waits_and_takes_the_others_along()
    {
        var clock = new FakeTimeProvider();
        await using var prober = await AProberOnABus.StartAsync(parts => parts.AddSingleton<TimeProvider>(clock));
        var publisher = prober.Services.GetRequiredService<ResultPublisher>();

        var pass = publisher.PublishAsync(Job, AResult(1));
        var change = publisher.PublishAsync(Job, AResult(2) with { Reason = ProbeReasons.DnsError });
        clock.Advance(ResultPublisher.UrgentLinger);
        await Task.WhenAll(pass, change).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal([2], prober.Harness.Published.Select<ProbeResults>(new CancellationToken(canceled: true))
            .Select(message => message.Context.Message.Results.Count));
    }

    [Theory]
    [InlineData("a failure of a target that passed", false, false, false, true)]
    [InlineData("the first failure of a new target", false, true, false, true)]
    [InlineData("one more failure", false, true, true, false)]
    [InlineData("a recovery", true, true, true, true)]
    [InlineData("the first pass of a new target", true, true, false, true)]
    [InlineData("one more pass", true, false, false, false)]
    public void Results_that_may_be_a_change_are_recognised(string what, bool passed, bool traceOnPass, bool isFailing, bool mayBeChange)
    {
        var job = Job with { TraceOnPass = traceOnPass, IsFailing = isFailing };
        var result = AResult(1) with { Reason = passed ? ProbeReasons.Ok : ProbeReasons.DnsError };

        Assert.True(mayBeChange == ResultPublisher.MayBeChange(job, result), what);
    }

    [Fact]
    public async Task A_Prober_gives_a_sign_of_life_at_once_and_every_five_seconds()
    {
        var clock = new FakeTimeProvider();
        await using var prober = await AProberOnABus.StartAsync(parts => parts.AddSingleton<TimeProvider>(clock));
        var bus = new BusGate();
        bus.Open();
        var options = Options.Create(new ProberOptions { Name = "p1" });
        using var heartbeat = new Heartbeat(
            prober.Harness.Bus, prober.Services.GetRequiredService<ProbeLimit>(), prober.Services.GetRequiredService<SelfDoubt>(), options, bus, clock, NullLogger<Heartbeat>.Instance);
        var start = clock.GetUtcNow();

        await heartbeat.StartAsync(TestContext.Current.CancellationToken);
        await SeenAsync(prober, start);
        await Eventually.HoldsAsync(
            () => prober.Harness.Published.Select<ProberSeen>(new CancellationToken(canceled: true)).Skip(1).Any(),
            "it tells again that it lives",
            meanwhile: () => clock.Advance(TimeSpan.FromSeconds(5)));

        await heartbeat.StopAsync(TestContext.Current.CancellationToken);
        var published = prober.Harness.Published.Select<ProberSeen>(new CancellationToken(canceled: true)).Select(m => m.Context).ToArray();
        Assert.All(published, context => Assert.Equal(TimeSpan.FromMinutes(1), context.TimeToLive));
        var seen = published.Select(context => context.Message).ToArray();
        Assert.All(seen, message => Assert.Equal(("p1", start, 0), (message.Name, message.StartedAt, message.Running)));
        Assert.True(seen[1].SeenAt - seen[0].SeenAt >= TimeSpan.FromSeconds(5));
    }

    private static async Task SeenAsync(AProberOnABus prober, DateTimeOffset at)
        => Assert.True(await prober.Harness.Published.Any<ProberSeen>(
            message => message.Context.Message.SeenAt == at, TestContext.Current.CancellationToken));

    private static ProbeResult AResult(int id) => new()
    {
        TargetId = id,
        Slot = DateTimeOffset.UnixEpoch,
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromMilliseconds(1),
        Reason = ProbeReasons.Ok,
        Description = "OK",
    };
}

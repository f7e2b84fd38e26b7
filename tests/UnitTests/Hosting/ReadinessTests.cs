using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.UnitTests.Hosting;

public sealed class ReadinessTests
{
    private readonly FakeTimeProvider _clock = new();
    private int _asked;

    [Fact]
    public async Task However_many_ask_each_part_is_asked_once_a_second()
    {
        var readiness = Of(("database", _ => Task.FromResult(HealthCheckResult.Healthy())));

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => readiness.AskAsync()));
        Assert.Equal(1, _asked);

        _clock.Advance(TimeSpan.FromSeconds(1.1));
        await readiness.AskAsync();
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_part_that_does_not_answer_is_reported_within_a_second_and_asked_once()
    {
        var hangs = new TaskCompletionSource<HealthCheckResult>();
        var readiness = Of(("database", _ => hangs.Task));

        var first = readiness.AskAsync();
        var second = readiness.AskAsync();
        await Eventually.HoldsAsync(() => Volatile.Read(ref _asked) > 0, "the part is asked");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await second;

        var parts = await first;
        Assert.Equal(HealthStatus.Unhealthy, parts["database"].Status);
        Assert.Contains("has not answered", parts["database"].Description);
        Assert.Equal(1, _asked);
        hangs.SetResult(HealthCheckResult.Healthy());
    }

    private Readiness Of(params (string Name, Func<CancellationToken, Task<HealthCheckResult>> Check)[] parts)
    {
        var services = new ServiceCollection().AddLogging();
        var checks = services.AddHealthChecks();
        foreach (var (name, check) in parts)
        {
            checks.AddAsyncCheck(
                name,
                cancellation =>
                {
                    Interlocked.Increment(ref _asked);
                    return check(cancellation);
                },
                [ReadyTag.Name]);
        }

        var provider = services.BuildServiceProvider();
        return new Readiness(
            provider.GetRequiredService<HealthCheckService>(), provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>(), _clock);
    }
}

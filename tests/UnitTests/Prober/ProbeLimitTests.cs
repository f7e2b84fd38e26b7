using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Prober.Jobs;
using Skypunch.Prober.Settings;

namespace Skypunch.UnitTests.Prober;

public sealed class ProbeLimitTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new();
    private readonly ProbeLimit _limit;

    public ProbeLimitTests() => _limit = new ProbeLimit(Options.Create(new ProberOptions { MaxConcurrentProbes = 1 }), _clock);

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task A_waiting_probe_gets_the_place_that_becomes_free()
    {
        var first = await EnterAsync();
        var second = EnterAsync();
        _clock.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(second.IsCompleted);

        first!.Dispose();

        Assert.NotNull(await second);
        Assert.Equal((1, 1), (_limit.Running, _limit.Completed));
    }

    [Fact]
    public async Task A_probe_that_waits_for_too_long_gets_no_place_and_takes_none_from_others()
    {
        var first = await EnterAsync();
        var second = EnterAsync();

        _clock.Advance(Patience);

        Assert.Null(await second);
        Assert.Equal((1, 0), (_limit.Running, _limit.Completed));
        first!.Dispose();
        Assert.NotNull(await EnterAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Shutting_down_is_not_the_same_as_having_waited_too_long()
    {
        using var shutdown = new CancellationTokenSource();
        await EnterAsync();
        var second = _limit.TryEnterAsync(Patience, shutdown.Token);

        await shutdown.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    private Task<IDisposable?> EnterAsync(TimeSpan? patience = null)
        => _limit.TryEnterAsync(patience ?? Patience, TestContext.Current.CancellationToken);
}

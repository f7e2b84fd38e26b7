namespace Skypunch.Faults.Ground;

/// <summary>
/// Lets targets fail and recover repeatedly. Each stays down until the store says FAIL, and up until the store says PASS, so each change is
/// an edge that must be recorded, announced and mailed.
/// </summary>
internal sealed class Flips(Trial trial, Random random)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Lock _lock = new();
    private volatile bool _isOver;
    private Task _flipping = Task.CompletedTask;

    /// <summary>Begins to flip targets.</summary>
    /// <param name="atATime">How many targets flip side by side.</param>
    public void Begin(int atATime)
    {
        var targets = trial.Targets.ToArray();
        random.Shuffle(targets);
        _flipping = Task.WhenAll(targets.Chunk(Math.Max(1, targets.Length / Math.Max(1, atATime))).Take(atATime).Select(FlipAllAsync));
    }

    /// <summary>Stops when each target that is down has recovered.</summary>
    public Task EndAsync()
    {
        _isOver = true;
        return _flipping;
    }

    /// <summary>Lets a target fail and recover.</summary>
    public async Task FlipAsync(WatchedTarget target)
    {
        target.Page.IsDown = true;
        await UntilAsync(target, "FAIL");
        target.Page.IsDown = false;
        await UntilAsync(target, "PASS");
        target.Downs++;
    }

    /// <summary>Lets all targets fail at once, and recover at once.</summary>
    public async Task FlipTogetherAsync()
    {
        foreach (var status in (string[])["FAIL", "PASS"])
        {
            foreach (var target in trial.Targets)
            {
                target.Page.IsDown = status == "FAIL";
            }

            await Eventually.HoldsAsync(
                async () => await Trial.CountOrZeroAsync(() => trial.System.CountAsync($"SELECT COUNT(*) FROM targets WHERE status = '{status}' AND id IN ({trial.Ids})")) == trial.Targets.Count,
                $"every target is {status}");
        }

        foreach (var target in trial.Targets)
        {
            target.Downs++;
        }
    }

    private async Task FlipAllAsync(WatchedTarget[] some)
    {
        while (!_isOver)
        {
            await FlipAsync(some[Next(some.Length)]);
        }
    }

    private int Next(int count)
    {
        lock (_lock)
        {
            return random.Next(count);
        }
    }

    private async Task UntilAsync(WatchedTarget target, string status)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await Trial.CountOrZeroAsync(() => trial.System.CountAsync($"SELECT COUNT(*) FROM targets WHERE id = {target.Id} AND status = '{status}'")) == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"{target.Name} is not {status} after {Patience}.");
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}

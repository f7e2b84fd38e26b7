namespace Skypunch.TestBed;

/// <summary>
/// Measures how long the machine itself stood still. A machine that is shared with others may keep every process waiting for a while. A
/// test that judges intervals allows for exactly that time.
/// </summary>
internal sealed class MachineStalls : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _over = new();
    private readonly List<(DateTimeOffset At, TimeSpan Late)> _beats = [];
    private readonly Task _beating;

    public MachineStalls() => _beating = Task.Run(BeatAsync);

    /// <summary>The longest stall that ended between two instants.</summary>
    public TimeSpan Longest(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_beats)
        {
            return _beats.Where(beat => from <= beat.At && beat.At <= to).Select(beat => beat.Late).DefaultIfEmpty().Max();
        }
    }

    /// <summary>How many stalls had at least this length.</summary>
    public int Count(TimeSpan atLeast)
    {
        lock (_beats)
        {
            return _beats.Count(beat => beat.Late >= atLeast);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _beating;
        _over.Dispose();
    }

    private async Task BeatAsync()
    {
        var last = TimeProvider.System.GetUtcNow();
        while (!_over.IsCancellationRequested)
        {
            await Task.Delay(Beat, TimeProvider.System, CancellationToken.None);
            var now = TimeProvider.System.GetUtcNow();
            lock (_beats)
            {
                _beats.Add((now, now - last - Beat));
            }

            last = now;
        }
    }
}

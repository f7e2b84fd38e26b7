namespace Skypunch.Cli.Terminal;

/// <summary>
/// Says that something is still going on, from the third second on: on a terminal a line that moves, in a pipe a plain line every five
/// seconds. These lines go to stderr, so that results stay clean; where programs read, nothing is said.
/// </summary>
internal sealed class Progress(Surroundings surroundings, string what, bool isSilent)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan LineTime = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private bool _isShown;

    /// <summary>Waits for the work, whatever becomes of it.</summary>
    public async Task<T> WatchAsync<T>(Task<T> work)
    {
        await WatchAsync((Task)work);
        return await work;
    }

    /// <inheritdoc cref="WatchAsync{T}"/>
    public async Task WatchAsync(Task work)
    {
        var start = surroundings.Time.GetTimestamp();
        using var end = new CancellationTokenSource();
        var pause = Patience;
        for (var frame = 0; !isSilent && await Task.WhenAny(work, Task.Delay(pause, surroundings.Time, end.Token)) != work; frame++)
        {
            Show(frame, surroundings.Time.GetElapsedTime(start));
            pause = surroundings.ErrorIsTerminal ? FrameTime : LineTime;
        }

        await end.CancelAsync();
        Clear();
        await work;
    }

    /// <summary>Prints a line of the result; the moving line makes room for it.</summary>
    public void Say(string line)
    {
        Clear();
        surroundings.Out.WriteLine(line);
    }

    private void Show(int frame, TimeSpan elapsed)
    {
        lock (_lock)
        {
            if (surroundings.ErrorIsTerminal)
            {
                surroundings.Error.Write($"\r{@"|/-\"[frame % 4]} {what} ({elapsed.TotalSeconds:F0} s) ");
                _isShown = true;
            }
            else
            {
                surroundings.Error.WriteLine($"{what} ({elapsed.TotalSeconds:F0} s) ....");
            }
        }
    }

    private void Clear()
    {
        lock (_lock)
        {
            if (_isShown)
            {
                surroundings.Error.Write($"\r{new string(' ', what.Length + 16)}\r");
                _isShown = false;
            }
        }
    }
}

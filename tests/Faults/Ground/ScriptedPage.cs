using Microsoft.AspNetCore.Http;

namespace Skypunch.Faults.Ground;

/// <summary>A target's page: its script, and the server's own count of who asked for it.</summary>
internal sealed class ScriptedPage(int number, string url)
{
    // A second request this soon after the first answers for no slot of its own: targets are asked every second at the most.
    private static readonly TimeSpan TooSoon = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private long _last;

    public int Number { get; } = number;

    public string Url { get; } = url;

    /// <summary>Whether it answers 503 from now on.</summary>
    public bool IsDown { get; set; }

    /// <summary>How long it takes to answer; infinite: it hangs.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Requests that were answered 200.</summary>
    public int Passed { get; private set; }

    /// <summary>Requests that were answered 503.</summary>
    public int Failed { get; private set; }

    /// <summary>Requests that came in right after another one.</summary>
    public int Crowded { get; private set; }

    /// <summary>All requests.</summary>
    public int Asked => Passed + Failed;

    /// <summary>What came in a crowd so far does not count.</summary>
    public void ForgetCrowd()
    {
        lock (_lock)
        {
            Crowded = 0;
        }
    }

    /// <summary>Notes a request.</summary>
    /// <returns>The answer, and when to give it.</returns>
    public (int Status, TimeSpan Delay) Ask(long timestamp)
    {
        lock (_lock)
        {
            if (_last != 0 && TimeProvider.System.GetElapsedTime(_last, timestamp) < TooSoon)
            {
                Crowded++;
            }

            _last = timestamp;
            if (IsDown)
            {
                Failed++;
                return (StatusCodes.Status503ServiceUnavailable, Delay);
            }

            Passed++;
            return (StatusCodes.Status200OK, Delay);
        }
    }
}

using Microsoft.AspNetCore.Http;

namespace Skypunch.Faults.Ground;

/// <summary>The page of a target: its script, and the web server's own count of the requests.</summary>
internal sealed class ScriptedPage(int number, string url)
{
    // A second request this soon after the first belongs to no slot, since a target is probed once a second.
    private static readonly TimeSpan TooSoon = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private long _last;
    private bool _wasTooSoon;

    public int Number { get; } = number;

    public string Url { get; } = url;

    /// <summary>Whether the page answers 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>How long the page waits before it answers; infinite means that it never answers.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The number of requests that got a 200.</summary>
    public int Passed { get; private set; }

    /// <summary>The number of requests that got a 503.</summary>
    public int Failed { get; private set; }

    /// <summary>The number of requests that came too soon after the one before.</summary>
    public int Crowded { get; private set; }

    /// <summary>The number of requests that came too soon after one that had itself come too soon: slots of the past, run one after the other.</summary>
    public int Bunched { get; private set; }

    /// <summary>The number of requests.</summary>
    public int Asked => Passed + Failed;

    /// <summary>Resets <see cref="Crowded"/> and <see cref="Bunched"/>.</summary>
    public void ForgetCrowd()
    {
        lock (_lock)
        {
            (Crowded, Bunched) = (0, 0);
        }
    }

    /// <summary>Counts a request.</summary>
    /// <returns>The status of the answer, and how long to wait before it is sent.</returns>
    public (int Status, TimeSpan Delay) Ask(long timestamp)
    {
        lock (_lock)
        {
            var isTooSoon = _last != 0 && TimeProvider.System.GetElapsedTime(_last, timestamp) < TooSoon;
            Crowded += isTooSoon ? 1 : 0;
            Bunched += isTooSoon && _wasTooSoon ? 1 : 0;
            (_last, _wasTooSoon) = (timestamp, isTooSoon);
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

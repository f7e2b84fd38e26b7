using Skypunch.Bench.WebServer;

namespace Skypunch.Bench.Figures;

/// <summary>How probes are spread over time.</summary>
internal static class Bursts
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    /// <summary>The highest number of requests in any period of one second.</summary>
    public static int MostInASecond(IEnumerable<Arrival> arrivals)
    {
        var recent = new Queue<DateTimeOffset>();
        var most = 0;
        foreach (var at in arrivals.Select(arrival => arrival.At).Order())
        {
            recent.Enqueue(at);
            while (at - recent.Peek() >= OneSecond)
            {
                recent.Dequeue();
            }

            most = Math.Max(most, recent.Count);
        }

        return most;
    }

    /// <summary>
    /// The first instant at which the server was answering more than <paramref name="limit"/> requests at once; null if there was none.
    /// </summary>
    /// <param name="limit">The number of requests.</param>
    /// <param name="arrivals">When each request came.</param>
    /// <param name="eachTakes">How long the server takes for each answer.</param>
    public static DateTimeOffset? FirstBeyond(int limit, IEnumerable<Arrival> arrivals, TimeSpan eachTakes)
    {
        var open = new Queue<DateTimeOffset>();
        foreach (var at in arrivals.Select(arrival => arrival.At).Order())
        {
            open.Enqueue(at);
            while (at - open.Peek() >= eachTakes)
            {
                open.Dequeue();
            }

            if (open.Count > limit)
            {
                return at;
            }
        }

        return null;
    }
}

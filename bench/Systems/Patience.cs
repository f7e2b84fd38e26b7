namespace Skypunch.Bench.Systems;

/// <summary>Waits for a time or for a condition.</summary>
internal static class Patience
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, CancellationToken.None);

    /// <summary>Polls a condition until it holds or the time is over.</summary>
    /// <returns>Whether the condition came to hold in time.</returns>
    public static async Task<bool> UntilAsync(Func<Task<bool>> holds, TimeSpan atMost)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > atMost)
            {
                return false;
            }

            await WaitAsync(Poll);
        }

        return true;
    }
}

namespace Skypunch.Bench.Systems;

/// <summary>Waits for what comes about by itself.</summary>
internal static class Patience
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits a while.</summary>
    public static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, CancellationToken.None);

    /// <summary>Waits until something holds.</summary>
    /// <returns>Whether it came to hold in time.</returns>
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

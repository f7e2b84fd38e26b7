namespace Skypunch.Standalone.FirstStart;

/// <summary>
/// Counts the entries of a load, and reports their number every 500 entries, or after five seconds, so that whoever waits for the start
/// sees that it goes on.
/// </summary>
internal sealed class LoadProgress(int total, Action<int, int> tell, TimeProvider clock)
{
    private const int Step = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private int _taken;
    private long _told = clock.GetTimestamp();

    public void Next()
    {
        if (++_taken % Step == 0 || clock.GetElapsedTime(_told) >= Interval)
        {
            _told = clock.GetTimestamp();
            tell(_taken, total);
        }
    }
}

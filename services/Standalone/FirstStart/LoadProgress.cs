namespace Skypunch.Standalone.FirstStart;

/// <summary>Counts the entries of a load, and tells of every five hundredth: that is some seconds.</summary>
internal sealed class LoadProgress(int total, Action<int, int> tell)
{
    private const int Step = 500;

    private int _taken;

    public void Next()
    {
        if (++_taken % Step == 0)
        {
            tell(_taken, total);
        }
    }
}

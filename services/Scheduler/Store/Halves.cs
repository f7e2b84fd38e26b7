namespace Skypunch.Scheduler.Store;

/// <summary>Does work on many rows of which some make it fail: a part that fails is halved, so that one bad row in 500 costs some twenty turns and not 500.</summary>
internal static class Halves
{
    /// <summary>Does the work on all rows but the bad ones.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="work">Does the work on some of them, as a whole or not at all.</param>
    /// <param name="setAside">Told of each bad row, with what the work on it alone has thrown.</param>
    /// <exception cref="Exception">The fault is of no row (<see cref="RowExceptions.MayBeOfRow"/>).</exception>
    public static async Task RunAsync<TRow>(IReadOnlyList<TRow> rows, Func<IReadOnlyList<TRow>, Task> work, Func<TRow, Exception, Task> setAside)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Exception fault;
        try
        {
            await work(rows);
            return;
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            fault = e;
        }

        if (rows.Count == 1)
        {
            await setAside(rows[0], fault);
            return;
        }

        var half = rows.Count / 2;
        await RunAsync([.. rows.Take(half)], work, setAside);
        await RunAsync([.. rows.Skip(half)], work, setAside);
    }
}

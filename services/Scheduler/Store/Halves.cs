namespace Skypunch.Scheduler.Store;

/// <summary>
/// Does work on many rows of which some may make it fail. A part that fails is halved and tried again, so that one bad row in 500 costs
/// some twenty attempts and not 500.
/// </summary>
internal static class Halves
{
    /// <summary>Does the work on all rows but the bad ones.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="work">Does the work on some of the rows: on all of them or, when it throws, on none.</param>
    /// <param name="setAside">Called for each bad row, with the exception that the work on this row alone has thrown.</param>
    /// <exception cref="Exception">The work has thrown, and no row is at fault (<see cref="RowExceptions.MayBeOfRow"/>).</exception>
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

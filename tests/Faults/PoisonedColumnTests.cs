using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>A hand writes what cannot be into a row of a target: the other targets are probed and judged as before.</summary>
public sealed class PoisonedColumnTests(Grounds grounds)
{
    // Columns that every row needs, or that say which row it is.
    private static readonly string[] Left = ["id", "name", "enabled"];

    [Fact]
    public async Task Odd_values_in_every_column_of_a_target_hold_up_no_other_target_of_the_daemon()
    {
        await using var trial = await grounds.TryDaemonAsync();
        var columns = await trial.System.AskAsync("SELECT name FROM pragma_table_info('targets')", row => row.GetString(0));

        trial.Strike(); // so many rows at once cost a probe
        await PoisonAsync(trial, columns, ["'text'", "9223372036854775807", "-1", "1e300", "x'00ff'"]);
        await Budget.PassAsync(3);
        await trial.FullRateAsync();
        await trial.System.DoAsync("DELETE FROM targets WHERE name LIKE 'poison-%'");

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task Odd_values_in_every_column_of_a_target_hold_up_no_other_target_of_the_services()
    {
        await using var trial = await grounds.TryServicesAsync();
        var columns = await trial.System.AskAsync(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'targets'",
            row => row.GetString(0));

        trial.Strike(); // so many rows at once cost a probe
        await PoisonAsync(trial, columns, ["'text'", "9223372036854775807", "2147483647", "-1", "'0000-00-00'", "REPEAT('x', 60000)"]);
        await Budget.PassAsync(3);
        await trial.FullRateAsync();
        await trial.System.DoAsync("DELETE FROM targets WHERE name LIKE 'poison-%'");

        await trial.ReconcileAsync();
    }

    // Each value stands in a row of its own. What the store itself refuses cannot be there.
    private static async Task PoisonAsync(Trial trial, IEnumerable<string> columns, string[] values)
    {
        var url = trial.Targets[0].Page.Url.Replace("/t/", "/nobody/", StringComparison.Ordinal);
        var number = 0;
        foreach (var (column, value) in columns.Except(Left).SelectMany(column => values.Select(value => (column, value))))
        {
            var name = $"poison-{number++}";
            await trial.System.DoAsync($"INSERT INTO targets (name, url, frequency, timeout) VALUES ('{name}', '{url}', 1, 1)");
            try
            {
                await trial.System.DoAsync($"UPDATE targets SET {column} = {value} WHERE name = '{name}'");
            }
            catch (System.Data.Common.DbException)
            {
                await trial.System.DoAsync($"DELETE FROM targets WHERE name = '{name}'");
            }
        }
    }
}

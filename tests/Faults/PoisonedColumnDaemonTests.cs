using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>Somebody writes invalid values into rows of targets in SQL. The other targets are probed and judged as before.</summary>
[Collection(nameof(OnDaemon))]
public sealed class PoisonedColumnDaemonTests(Grounds grounds)
{
    [Fact]
    public async Task Odd_values_in_every_column_of_a_target_hold_up_no_other_target_of_the_daemon()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();
        var columns = await trial.System.AskAsync("SELECT name FROM pragma_table_info('targets')", row => row.GetString(0));

        trial.Strike(); // so many rows at once may cost a probe
        await PoisonedRows.AddAsync(trial, columns, ["'text'", "9223372036854775807", "-1", "1e300", "x'00ff'"]);
        await Budget.PassAsync(3);
        await trial.FullRateAsync();
        await trial.System.DoAsync("DELETE FROM targets WHERE name LIKE 'poison-%'");

        await trial.ReconcileAsync();
    }
}

using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>Somebody writes invalid values into rows of targets in SQL. The other targets are probed and judged as before.</summary>
[Collection(nameof(OnServices))]
public sealed class PoisonedColumnTests(Grounds grounds)
{
    [Fact]
    public async Task Odd_values_in_every_column_of_a_target_hold_up_no_other_target_of_the_services()
    {
        await using var trial = await grounds.TrialOnServicesAsync();
        var columns = await trial.System.AskAsync(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'targets' AND generation_expression = ''",
            row => row.GetString(0));

        trial.Strike(); // so many rows at once may cost a probe
        await PoisonedRows.AddAsync(trial, columns, ["'text'", "9223372036854775807", "2147483647", "-1", "'0000-00-00'", "REPEAT('x', 60000)"]);
        await Budget.PassAsync(3);
        await trial.FullRateAsync();
        await trial.System.DoAsync("DELETE FROM targets WHERE name LIKE 'poison-%'");

        await trial.ReconcileAsync();
    }
}

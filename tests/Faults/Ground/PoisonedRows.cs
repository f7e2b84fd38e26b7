namespace Skypunch.Faults.Ground;

/// <summary>Adds targets with invalid values, as if they had been edited by hand in SQL.</summary>
internal static class PoisonedRows
{
    // Columns that identify the row or that the test needs.
    private static readonly string[] Untouched = ["id", "name", "enabled"];

    /// <summary>Adds a target for each column and value. A target whose value the database itself refuses is removed again.</summary>
    public static async Task AddAsync(Trial trial, IEnumerable<string> columns, string[] values)
    {
        var url = trial.Targets[0].Page.Url.Replace("/t/", "/nobody/", StringComparison.Ordinal);
        var number = 0;
        foreach (var (column, value) in columns.Except(Untouched).SelectMany(column => values.Select(value => (column, value))))
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

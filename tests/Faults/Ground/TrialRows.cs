namespace Skypunch.Faults.Ground;

/// <summary>Adds the rows of a trial with SQL, as an operator may.</summary>
internal static class TrialRows
{
    private const int RowsPerStatement = 500;

    /// <summary>Adds targets, each probed every second.</summary>
    public static async Task<IReadOnlyList<WatchedTarget>> AddTargetsAsync(RunningSystem system, string prefix, IReadOnlyList<ScriptedPage> pages, int timeout)
    {
        foreach (var some in pages.Chunk(RowsPerStatement))
        {
            var rows = some.Select(page => $"('{prefix}-{page.Number}', '{page.Url}', 1, {timeout})");
            await system.DoAsync($"INSERT INTO targets (name, url, frequency, timeout) VALUES {string.Join(", ", rows)}");
        }

        var ids = await system.AskAsync($"SELECT id, name FROM targets WHERE name LIKE '{prefix}-%'", row => (Id: row.GetInt64(0), Name: row.GetString(1)));
        var byName = ids.ToDictionary(row => row.Name, row => row.Id);
        return [.. pages.Select(page => $"{prefix}-{page.Number}").Zip(pages, (name, page) => new WatchedTarget(byName[name], name, page))];
    }

    /// <summary>Adds notifiers that send to the tests' mail server.</summary>
    public static async Task<IReadOnlyList<(long Id, string Mailbox)>> AddNotifiersAsync(RunningSystem system, int mailPort, IEnumerable<string> mailboxes)
    {
        var notifiers = new List<(long Id, string Mailbox)>();
        foreach (var mailbox in mailboxes)
        {
            var parameters = $"server=127.0.0.1,port={mailPort},security=none,from=skypunch@example.org";
            await system.DoWithNotifiersAsync($"INSERT INTO notifiers (name, address, params) VALUES ('{mailbox}', '{mailbox}', '{parameters}')");
            notifiers.Add((await system.CountWithNotifiersAsync($"SELECT id FROM notifiers WHERE name = '{mailbox}'"), mailbox));
        }

        return notifiers;
    }
}

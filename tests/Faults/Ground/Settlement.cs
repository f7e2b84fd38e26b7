namespace Skypunch.Faults.Ground;

/// <summary>Lets a trial come to rest, and then reads what the web server, the store and the mail server have counted.</summary>
internal sealed class Settlement(Trial trial, ScriptedMail mail)
{
    private RunningSystem System => trial.System;

    private string NotifierIds => string.Join(',', trial.Notifiers.Select(notifier => notifier.Id));

    /// <summary>Disables the targets, waits until no probe, change or delivery is pending, and then reads the counts.</summary>
    public async Task<Accounts> SettleAsync()
    {
        await System.DoAsync($"UPDATE targets SET enabled = 0 WHERE id IN ({trial.Ids})");
        var disabledAt = TimeProvider.System.GetUtcNow();
        await Eventually.HoldsAsync(() => NothingIsInFlightAsync(disabledAt), "no probe is in flight");
        await Eventually.HoldsAsync(
            async () => await System.CountAsync($"SELECT COUNT(*) FROM status_changes WHERE stored_at IS NULL AND target_id IN ({trial.Ids})") == 0,
            "every edge is announced");
        if (trial.Notifiers.Count > 0)
        {
            await Eventually.HoldsAsync(
                async () => await System.CountWithNotifiersAsync($"SELECT COUNT(*) FROM deliveries WHERE state = 'PENDING' AND notifier_id IN ({NotifierIds})") == 0,
                "nothing waits to be delivered");
        }

        var accounts = await ReadAsync();
        if (trial.Notifiers.Count > 0)
        {
            await System.DoWithNotifiersAsync($"UPDATE notifiers SET enabled = 0 WHERE id IN ({NotifierIds})"); // the notifiers must get nothing from the next trial
        }

        return accounts;
    }

    // A lost probe stays marked as in flight, since a disabled target is not claimed. Its lease ends by itself, after this time at the
    // latest.
    private async Task<bool> NothingIsInFlightAsync(DateTimeOffset disabledAt)
    {
        var longest = disabledAt + TimeSpan.FromSeconds(8);
        var leases = await System.AskAsync($"SELECT in_flight_until FROM targets WHERE in_flight_slot_at IS NOT NULL AND id IN ({trial.Ids})", row => Instants.Of(row, 0));
        return leases.All(until => (until < longest ? until : longest) < TimeProvider.System.GetUtcNow());
    }

    private async Task<Accounts> ReadAsync()
    {
        var edges = (await System.AskAsync(
                $"SELECT target_id, to_status, change_id FROM status_changes WHERE (from_status <> 'NEW' OR to_status = 'FAIL') AND target_id IN ({trial.Ids}) ORDER BY id",
                row => (TargetId: row.GetInt64(0), Status: row.GetString(1), ChangeId: HistoryReading.ChangeId(row, 2))))
            .ToLookup(edge => edge.TargetId);
        var counters = (await System.AskAsync(
                $"SELECT id, pass_count, fail_count, network_fails, missed_count FROM targets WHERE id IN ({trial.Ids})",
                row => (Id: row.GetInt64(0), Pass: row.GetInt64(1), Fail: row.GetInt64(2), Network: row.GetInt64(3), Missed: row.GetInt64(4))))
            .ToDictionary(row => row.Id);
        var histories = await HistoryReading.ReadAsync(System, trial.Ids);
        var deliveries = trial.Notifiers.Count == 0 ? [] : await System.AskNotifiersAsync(
            $"SELECT id, notifier_id, target_id, state FROM deliveries WHERE notifier_id IN ({NotifierIds}) ORDER BY id",
            row => new DeliveryRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3)));
        var mails = mail.Accepted.ToLookup(accepted => accepted.Recipient);
        return new Accounts(
            [.. trial.Targets.Select(target => (target, Row: counters[target.Id], Edges: edges[target.Id])).Select(each => new TargetAccount(
                each.target,
                each.Row.Pass,
                each.Row.Fail,
                each.Row.Network,
                each.Row.Missed,
                [.. each.Edges.Select(edge => edge.Status)],
                [.. each.Edges.Select(edge => edge.ChangeId)],
                histories[each.target.Id]))],
            deliveries,
            [.. trial.Notifiers.Select(notifier => new NotifierAccount(notifier.Id, [.. mails[notifier.Mailbox]]))]);
    }
}

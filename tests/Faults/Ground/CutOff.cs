namespace Skypunch.Faults.Ground;

/// <summary>Checks what Skypunch reports about Probers that are cut off.</summary>
internal static class CutOff
{
    /// <summary>Waits until exactly this many Probers are known to be cut off.</summary>
    public static Task UntilKnownAsync(Trial trial, int probers) => Eventually.HoldsAsync(
        async () => await Trial.CountOrZeroAsync(() => trial.System.CountAsync("SELECT COUNT(*) FROM probers WHERE cut_off_since IS NOT NULL")) == probers,
        $"{probers} Probers are cut off");

    /// <summary>The id of the latest notice.</summary>
    public static Task<long> LastNoticeAsync(Trial trial) => trial.System.CountAsync("SELECT MAX(id) FROM notices");

    /// <summary>The kinds of all notices after a notice.</summary>
    public static async Task<List<string>> NoticesAsync(Trial trial, long after)
        => await trial.System.AskAsync($"SELECT kind FROM notices WHERE id > {after} ORDER BY id", row => row.GetString(0));

    /// <summary>
    /// Waits until each notifier has one mail for each notice, whose subject begins with the given text. Fails if there are more mails.
    /// </summary>
    public static async Task UntilToldAsync(Trial trial, ScriptedMail mail, params string[] subjects)
    {
        foreach (var (_, mailbox) in trial.Notifiers)
        {
            string[] Mails() => [.. mail.Accepted.Where(mail => mail.Recipient == mailbox && mail.Subject.Contains(" notice: ", StringComparison.Ordinal)).Select(mail => mail.Subject)];
            await Eventually.HoldsAsync(() => Mails().Length >= subjects.Length, $"{mailbox} has its mails");
            Assert.Collection(Mails(), [.. subjects.Select(subject => (Action<string>)(mail => Assert.StartsWith($"Skypunch notice: {subject}", mail, StringComparison.Ordinal)))]);
        }
    }
}

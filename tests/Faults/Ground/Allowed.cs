namespace Skypunch.Faults.Ground;

/// <summary>How much can be in progress at any moment.</summary>
internal static class Allowed
{
    /// <summary>The mails that a sender can have sent but not yet marked: one for each notifier, as long as few mails wait.</summary>
    public static int MailsInFlight(Trial trial) => trial.Notifiers.Count;
}

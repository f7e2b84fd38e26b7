namespace Skypunch.Faults.Ground;

/// <summary>How much of a thing can be in hand at one moment.</summary>
internal static class Allowed
{
    /// <summary>Mails that one sender can have handed in and not marked yet: one for each notifier, as few wait.</summary>
    public static int MailsInFlight(Trial trial) => trial.Notifiers.Count;
}

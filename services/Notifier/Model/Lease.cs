namespace Skypunch.Notifier.Model;

/// <summary>
/// For how long a claim on a delivery holds without a sign of life of its sender. A claim is short, and renewed for as long as the sender
/// lives. So a session with a mail server may last ten minutes, while the deliveries of a sender that was killed wait for seconds. Pure.
/// </summary>
internal static class Lease
{
    /// <summary>How long a claim holds after the last sign of life.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>How often a sender gives a sign of life, for all its claims in one statement.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For how long a sender may be sure of a claim after a sign of life. After that it asks the store before it begins to send: its
    /// process may have stood still, and another sender may have taken the delivery.
    /// </summary>
    public static readonly TimeSpan SureFor = Length - (2 * RenewEvery);

    /// <summary>
    /// How long no lease counts as ended after the store was out of reach or its clock has jumped, so that living senders have time to
    /// renew theirs.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
}

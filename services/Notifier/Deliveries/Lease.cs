namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// For how long a claim on a delivery holds without a sign of life of its sender. A claim is short and renewed for as long as the sender lives: a session with a
/// mail server may last ten minutes, and the deliveries of a sender that was killed wait for seconds. Pure.
/// </summary>
internal static class Lease
{
    /// <summary>After the last sign of life.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>How often a sender gives one, for all that it holds, in one statement.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For how long a sender may be sure of a claim after a sign of life. Later it asks before it begins to send: it may have been stopped, and another may have
    /// taken the delivery.
    /// </summary>
    public static readonly TimeSpan SureFor = Length - (2 * RenewEvery);

    /// <summary>
    /// How long everybody waits, after the store was out of reach or its clock has jumped, before a lease is taken for ended: the living are given time to renew
    /// theirs.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
}

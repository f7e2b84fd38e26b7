namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>The work that the messages in hand have brought, where a message may bring more or less of it.</summary>
/// <param name="Units">How much of it runs or waits.</param>
/// <param name="Places">How much can run at a time.</param>
public readonly record struct WorkInHand(int Units, int Places)
{
    /// <summary>Where messages are all alike.</summary>
    public static readonly WorkInHand Unmeasured = new(0, int.MaxValue);
}

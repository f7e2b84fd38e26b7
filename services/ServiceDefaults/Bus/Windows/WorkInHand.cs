namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>The work that the messages in hand have brought, where messages differ in how much they bring.</summary>
/// <param name="Units">How many units of work run or wait, such as probes.</param>
/// <param name="Places">How many units can run at a time.</param>
public readonly record struct WorkInHand(int Units, int Places)
{
    /// <summary>The value where all messages are alike, so that work is not measured.</summary>
    public static readonly WorkInHand Unmeasured = new(0, int.MaxValue);
}

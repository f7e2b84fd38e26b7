using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary>How parts of a notifier are shown.</summary>
internal static class NotifierDisplay
{
    /// <summary>The state as a cell: SENT is good news, FAILED is bad.</summary>
    public static TableCell Cell(DeliveryState state)
        => new(EnumWords.Of(state), state switch { DeliveryState.Sent => true, DeliveryState.Failed => false, _ => null });

    /// <summary>The verdict as a cell: who is told is good news, who is not is bad.</summary>
    public static TableCell Cell(ToldVerdict verdict)
        => new(EnumWords.Of(verdict), verdict switch { ToldVerdict.Told => true, ToldVerdict.NotTold => false, _ => null });

    /// <summary>A notifier is enabled unless it says otherwise.</summary>
    public static bool IsEnabled(this Notifier notifier) => !notifier.HasEnabled || notifier.Enabled;
}

using System.Globalization;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary>The words for a notifier's enumerations; a value that only a newer server knows is shown as its number.</summary>
internal static class NotifierWords
{
    public static string Of(NotifierType type) => type switch
    {
        NotifierType.Unspecified or NotifierType.Smtp => "SMTP",
        _ => ((int)type).ToString(CultureInfo.InvariantCulture),
    };

    public static string Of(DeliveryState state) => state switch
    {
        DeliveryState.Unspecified => "",
        DeliveryState.Pending => "PENDING",
        DeliveryState.Sent => "SENT",
        DeliveryState.Failed => "FAILED",
        DeliveryState.Cancelled => "CANCELLED",
        _ => ((int)state).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The state as a cell: SENT is good news, FAILED is bad.</summary>
    public static TableCell Cell(DeliveryState state)
        => new(Of(state), state switch { DeliveryState.Sent => true, DeliveryState.Failed => false, _ => null });

    /// <summary>A notifier is enabled unless it says otherwise.</summary>
    public static bool IsEnabled(this Notifier notifier) => !notifier.HasEnabled || notifier.Enabled;
}

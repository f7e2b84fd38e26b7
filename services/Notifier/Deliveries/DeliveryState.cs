namespace Skypunch.Notifier.Deliveries;

/// <summary>What became of a delivery. Stored by its name in capitals.</summary>
internal enum DeliveryState
{
    /// <summary>Waits for its first or next attempt.</summary>
    Pending,

    /// <summary>The other end has accepted it.</summary>
    Sent,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Not sent, because its notifier was disabled.</summary>
    Cancelled,
}

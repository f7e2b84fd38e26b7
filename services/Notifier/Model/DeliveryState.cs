namespace Skypunch.Notifier.Model;

/// <summary>The state of a delivery. It is stored by its name in capitals.</summary>
internal enum DeliveryState
{
    /// <summary>Waits for its first or next attempt.</summary>
    Pending,

    /// <summary>The other end has accepted the message.</summary>
    Sent,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>
    /// Not sent, because its notifier was disabled, or because the target recovered before the hours of the notifier began
    /// (<see cref="WorkingHours.Passed"/>).
    /// </summary>
    Cancelled,
}

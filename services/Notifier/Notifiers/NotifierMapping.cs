using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;

namespace Skypunch.Notifier.Notifiers;

/// <summary>Rows as the admin API shows them. Parameters are never shown.</summary>
internal static class NotifierMapping
{
    public static Admin.V1.Notifier ToProto(this StoredNotifier row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Type = row.Type.Equals(StoredNotifier.Smtp, StringComparison.OrdinalIgnoreCase) ? NotifierType.Smtp : NotifierType.Unspecified,
        Address = row.Address,
        Enabled = row.Enabled,
        PassCount = row.PassCount,
        FailCount = row.FailCount,
    };

    public static Delivery ToProto(this Deliveries.Delivery row) => new()
    {
        Id = row.Id,
        NotifierId = row.NotifierId,
        TargetId = row.TargetId,
        TargetName = row.Announcement.TargetName,
        Change = $"{row.Announcement.FromStatus} > {row.Announcement.ToStatus}",
        ChangeTime = row.Announcement.ChangedAt.ToTimestamp(),
        State = ToProto(row.State),
        Attempts = row.Attempts,
        LastError = row.LastError ?? "",
        NextAttemptTime = row.State is Deliveries.DeliveryState.Pending ? row.NextAttemptAt.ToTimestamp() : null,
        SentTime = row.SentAt?.ToTimestamp(),
    };

    private static DeliveryState ToProto(Deliveries.DeliveryState state) => state switch
    {
        Deliveries.DeliveryState.Pending => DeliveryState.Pending,
        Deliveries.DeliveryState.Sent => DeliveryState.Sent,
        Deliveries.DeliveryState.Failed => DeliveryState.Failed,
        Deliveries.DeliveryState.Cancelled => DeliveryState.Cancelled,
        _ => DeliveryState.Unspecified,
    };
}

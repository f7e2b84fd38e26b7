using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Store;
using StoredNotifier = Skypunch.Notifier.Model.StoredNotifier;

namespace Skypunch.Notifier.Notifiers;

/// <summary>Rows as the admin API shows them. Parameters are never shown.</summary>
internal static class NotifierMapping
{
    /// <summary>The notifier that a caller wants, with the defaults for the fields that are left out.</summary>
    public static Admin.V1.Notifier WithDefaults(Admin.V1.Notifier given)
    {
        var wanted = given.Clone();
        wanted.Type = given.Type.Length > 0 ? given.Type : StoredNotifier.Smtp;
        wanted.Enabled = !given.HasEnabled || given.Enabled;
        return wanted;
    }

    /// <summary>A text as it is stored.</summary>
    public static string? NullIfBlank(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    public static Admin.V1.Notifier ToProto(this StoredNotifier row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Type = row.Type.ToUpperInvariant(),
        Address = row.Address,
        Enabled = row.Enabled,
        PassCount = row.PassCount,
        FailCount = row.FailCount,
        Match = row.MatchText ?? "",
        Hours = row.Hours ?? "",
    };

    public static Admin.V1.Notifier ToProto(this ReadableNotifier row)
    {
        var notifier = row.Notifier.ToProto();
        notifier.RowFault = row.Sentence;
        return notifier;
    }

    /// <summary>The delivery as it is shown.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="opens">When the hours of the notifiers begin that are not told now.</param>
    public static Delivery ToProto(this Model.Delivery row, IReadOnlyDictionary<long, DateTimeOffset> opens)
    {
        var shown = row.ToProto();
        if (row.State is Model.DeliveryState.Pending && opens.TryGetValue(row.NotifierId, out var begin) && begin > row.NextAttemptAt)
        {
            shown.NextAttemptTime = begin.ToTimestamp();
            shown.LastError = row.LastError is { Length: > 0 } error ? $"{Model.WorkingHours.Waits}; {error}" : Model.WorkingHours.Waits;
        }

        return shown;
    }

    private static Delivery ToProto(this Model.Delivery row) => new()
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
        NextAttemptTime = row.State is Model.DeliveryState.Pending ? row.NextAttemptAt.ToTimestamp() : null,
        SentTime = row.SentAt?.ToTimestamp(),
        ChangeId = row.ChangeId.ToString(),
        DigestId = row.DigestId is { } digestId ? Telling.IdOfDigest(digestId) : "",
    };

    private static DeliveryState ToProto(Model.DeliveryState state) => state switch
    {
        Model.DeliveryState.Pending => DeliveryState.Pending,
        Model.DeliveryState.Sent => DeliveryState.Sent,
        Model.DeliveryState.Failed => DeliveryState.Failed,
        Model.DeliveryState.Cancelled => DeliveryState.Cancelled,
        _ => DeliveryState.Unspecified,
    };
}

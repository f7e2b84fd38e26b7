using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary>A notifier for programs. Without its parameters: the server does not give them. RowFault: what keeps a column of its row from being read; null: nothing.</summary>
internal sealed record NotifierJson(long Id, string Name, string Type, string Address, bool Enabled, long PassCount, long FailCount, string? RowFault)
{
    public static NotifierJson Of(Notifier notifier) => new(
        notifier.Id,
        notifier.Name,
        notifier.Type,
        notifier.Address,
        notifier.IsEnabled(),
        notifier.PassCount,
        notifier.FailCount,
        notifier.RowFault.Length > 0 ? notifier.RowFault : null);
}

/// <summary>How a test message fared.</summary>
internal sealed record NotifierTestJson(long Id, string Name, bool Delivered, string Description);

/// <summary>A delivery for programs.</summary>
internal sealed record DeliveryJson(
    long Id,
    long NotifierId,
    long TargetId,
    string TargetName,
    string Change,
    DateTime? ChangeTime,
    string State,
    int Attempts,
    string? LastError,
    DateTime? NextAttemptTime,
    DateTime? SentTime,
    string? ChangeId,
    string? DigestId)
{
    public static DeliveryJson Of(Delivery delivery) => new(
        delivery.Id,
        delivery.NotifierId,
        delivery.TargetId,
        delivery.TargetName,
        delivery.Change,
        Times.Utc(delivery.ChangeTime),
        EnumWords.Of(delivery.State),
        delivery.Attempts,
        delivery.LastError.Length > 0 ? delivery.LastError : null,
        Times.Utc(delivery.NextAttemptTime),
        Times.Utc(delivery.SentTime),
        JsonShape.NullIfEmpty(delivery.ChangeId),
        JsonShape.NullIfEmpty(delivery.DigestId));
}

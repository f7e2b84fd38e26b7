using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary>A notifier for programs. Without its parameters: the server does not give them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Address">Its address.</param>
/// <param name="Enabled">Whether it is told anything.</param>
/// <param name="Match">Which changes it is told of; null: all.</param>
/// <param name="Hours">When it is told; null: at any time.</param>
/// <param name="PassCount">Messages that were delivered.</param>
/// <param name="FailCount">Attempts that failed.</param>
/// <param name="RowFault">What is wrong with a column of its row; null: nothing.</param>
internal sealed record NotifierJson(
    long Id,
    string Name,
    string Type,
    string Address,
    bool Enabled,
    string? Match,
    string? Hours,
    long PassCount,
    long FailCount,
    string? RowFault)
{
    public static NotifierJson Of(Notifier notifier) => new(
        notifier.Id,
        notifier.Name,
        notifier.Type,
        notifier.Address,
        notifier.IsEnabled(),
        JsonShape.NullIfEmpty(notifier.Match),
        JsonShape.NullIfEmpty(notifier.Hours),
        notifier.PassCount,
        notifier.FailCount,
        notifier.RowFault.Length > 0 ? notifier.RowFault : null);
}

/// <summary>How a test message fared.</summary>
internal sealed record NotifierTestJson(long Id, string Name, bool Delivered, string Description);

/// <summary>Whether a notifier would be told, for programs.</summary>
/// <param name="Id">The id of the notifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Verdict">TOLD, LATER, SOMETIMES or NOT_TOLD.</param>
/// <param name="Why">Why, as a sentence.</param>
/// <param name="Reasons">With SOMETIMES, the reasons of failures that it is told of; else empty.</param>
internal sealed record VerdictJson(long Id, string Name, string Verdict, string Why, string[] Reasons)
{
    public static VerdictJson Of(NotifierVerdict verdict) => new(
        verdict.Notifier.Id,
        verdict.Notifier.Name,
        EnumWords.Of(verdict.Verdict),
        verdict.Why,
        [.. verdict.Reasons]);
}

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

namespace Skypunch.Notifier.Deliveries;

/// <summary>How handing in a message ended.</summary>
internal enum SendResult
{
    /// <summary>The other end has accepted it.</summary>
    Delivered,

    /// <summary>Not now; a later attempt may succeed, perhaps after an operator has mended something.</summary>
    Retry,

    /// <summary>Not at all: the other end refuses this message or every recipient for good.</summary>
    Refused,

    /// <summary>Not tried: the notifier cannot be used as it is stored. Another message to it would fare no better.</summary>
    Unusable,

    /// <summary>Not tried: this change cannot be read, or no message can be made of it.</summary>
    Unreadable,

    /// <summary>Not tried: another sender may have the delivery.</summary>
    Lost,
}

/// <summary>How handing in a message ended, and why.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Reason">Why it failed, or whom it did not reach though it was delivered; in words, on one line, without secrets. Null: all is well.</param>
internal sealed record SendOutcome(SendResult Result, string? Reason)
{
    public static readonly SendOutcome Delivered = new(SendResult.Delivered, null);

    public static readonly SendOutcome Lost = new(SendResult.Lost, null);

    /// <summary>What an operator can do; null where there is nothing to advise.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether the other end as such failed, so that another message would fare no better now.</summary>
    public bool ServerFault { get; init; }

    /// <summary>Where others have accepted the message: the addresses that may do so later. Else null.</summary>
    public IReadOnlyList<string>? Remaining { get; init; }
}

namespace Skypunch.Notifier.Channels;

/// <summary>How sending a message ended.</summary>
internal enum SendResult
{
    /// <summary>The other end has accepted the message.</summary>
    Delivered,

    /// <summary>Not accepted now. A later attempt may succeed, perhaps after an operator has put something right.</summary>
    Retry,

    /// <summary>Not accepted for good: the other end refuses this message or every recipient.</summary>
    Refused,

    /// <summary>Not tried: the notifier cannot be used as it is stored. No other message to it can be sent, either.</summary>
    Unusable,

    /// <summary>Not tried: this change cannot be read, or no message can be made of it.</summary>
    Unreadable,

    /// <summary>Not tried: another Notifier may have the delivery by now.</summary>
    Lost,
}

/// <summary>How sending a message ended, and why.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Reason">Why it failed, or whom it did not reach though it was delivered; in words, on one line, without secrets. Null: all
/// is well.</param>
internal sealed record SendOutcome(SendResult Result, string? Reason)
{
    public static readonly SendOutcome Delivered = new(SendResult.Delivered, null);

    public static readonly SendOutcome Lost = new(SendResult.Lost, null);

    /// <summary>Who has accepted the message, as a sentence without its full stop; null where there is nothing to say.</summary>
    public string? Receipt { get; init; }

    /// <summary>What an operator can do; null where there is nothing to advise.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether the other end failed as a whole, so that other messages would fail now, too.</summary>
    public bool ServerFault { get; init; }

    /// <summary>After how long the other end wants to be asked again; null: it does not say.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Where only some recipients have the message: the addresses to try again later. Otherwise null.</summary>
    public IReadOnlyList<string>? Remaining { get; init; }
}

using MimeKit;

namespace Skypunch.Notifier.Mail;

/// <summary>How handing in a message ended.</summary>
internal enum SendResult
{
    /// <summary>The server has accepted it.</summary>
    Delivered,

    /// <summary>Not now; a later attempt may succeed, perhaps after an operator has mended something.</summary>
    Retry,

    /// <summary>Not at all: the server refuses this message, its sender or every recipient for good.</summary>
    Refused,
}

/// <summary>How handing in a message ended, and why.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Reason">Why it failed, or whom it did not reach though it was delivered; in words, on one line, without secrets. Null: all is well.</param>
internal sealed record SendOutcome(SendResult Result, string? Reason)
{
    public static readonly SendOutcome Delivered = new(SendResult.Delivered, null);

    /// <summary>What an operator can do; null where there is nothing to advise.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether the server as such failed, so that another message would fare no better now.</summary>
    public bool ServerFault { get; init; }

    /// <summary>Where others have accepted the message: the recipients that may do so later. Else null.</summary>
    public IReadOnlyList<MailboxAddress>? Remaining { get; init; }
}

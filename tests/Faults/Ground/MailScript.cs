using System.Collections.Concurrent;

namespace Skypunch.Faults.Ground;

/// <summary>How the mail server behaves.</summary>
internal sealed class MailScript
{
    /// <summary>Whether the server reads a message and then never answers.</summary>
    public bool HangsAfterData { get; set; }

    /// <summary>How long the server waits before it sends the 250 for a message that it has accepted.</summary>
    public TimeSpan Before250 { get; set; }

    /// <summary>The answers to RCPT by address, 550 or 451. Other addresses are accepted.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = new();

    /// <summary>What happens when the server has accepted a message and has not said so yet.</summary>
    public Action<AcceptedMail>? Before250Of { get; set; }

    /// <summary>What happens after the 250 of each message.</summary>
    public Action? After250 { get; set; }
}

/// <summary>A message that the mail server has accepted for one recipient.</summary>
internal sealed record AcceptedMail(string Recipient, string MessageId, string Subject, IReadOnlyList<ToldChange> Told);

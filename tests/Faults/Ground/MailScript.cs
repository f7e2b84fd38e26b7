using System.Collections.Concurrent;

namespace Skypunch.Faults.Ground;

/// <summary>How the mail server behaves.</summary>
internal sealed class MailScript
{
    /// <summary>Whether it takes a message and then says nothing.</summary>
    public bool HangsAfterData { get; set; }

    /// <summary>How long it keeps the 250 back that it owes for a message it has accepted.</summary>
    public TimeSpan Before250 { get; set; }

    /// <summary>What it answers to RCPT for an address: 550 or 451; others are accepted.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = new();

    /// <summary>What happens once a message has its 250.</summary>
    public Action? After250 { get; set; }
}

/// <summary>A message that the server has accepted for one recipient.</summary>
internal sealed record AcceptedMail(string Recipient, string MessageId, string Subject);

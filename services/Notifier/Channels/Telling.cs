using Skypunch.Contracts;

namespace Skypunch.Notifier.Channels;

/// <summary>What a notifier is told: a change of a target's status, many changes at once, or that it can be reached.</summary>
internal sealed record Telling
{
    private const string DigestPrefix = "digest.";

    /// <summary>
    /// The message's id, which is the same in each attempt, so that a receiver can recognise a message that comes twice:
    /// <c>7.0123456789abcdef…</c>.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The notifier's name.</summary>
    public required string Notifier { get; init; }

    /// <summary>The change or the notice; null: this is a digest or a test message.</summary>
    public TargetStatusChanged? Change { get; init; }

    /// <summary>The changes of a digest in the order in which they came in, each of another target, without notices; null: this is no digest.</summary>
    public IReadOnlyList<DigestPart>? Digest { get; init; }

    /// <summary>Where only some recipients have the message: those that still miss it. Otherwise null.</summary>
    public IReadOnlyList<string>? Remaining { get; init; }

    /// <summary>When the attempt is made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which attempt it is: 1 is the first one.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The id of a delivery's message.</summary>
    public static string IdOf(long deliveryId, Guid changeId) => $"{deliveryId}.{changeId:N}";

    /// <summary>The id of a digest's message.</summary>
    public static string IdOfDigest(Guid digestId) => $"{DigestPrefix}{digestId:N}";

    /// <summary>Reads the id of a digest's message; null: it is none.</summary>
    public static Guid? DigestOf(string id)
        => id.StartsWith(DigestPrefix, StringComparison.Ordinal) && Guid.TryParseExact(id[DigestPrefix.Length..], "N", out var digestId) ? digestId : null;
}

/// <summary>A change in a digest.</summary>
/// <param name="Id">The id that a message about this change alone would have.</param>
/// <param name="Change">The change.</param>
internal sealed record DigestPart(string Id, TargetStatusChanged Change);

/// <summary>What is stored cannot be made into a message. The exception's message says why.</summary>
internal sealed class UnreadableException(string words) : Exception(words);

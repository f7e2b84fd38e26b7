namespace Skypunch.Scheduler.Model;

/// <summary>A row of <c>sessions</c>: somebody who has logged in to the page, or a code that opens one session.</summary>
internal sealed class SessionRow
{
    /// <summary>The longest <see cref="Client"/>, in characters.</summary>
    public const int LongestClient = 256;

    public long Id { get; init; }

    /// <summary>The SHA-256 of the secret, which itself is stored nowhere.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>Whether the secret is a code, which opens one session and is no session itself.</summary>
    public bool IsCode { get; init; }

    /// <summary>What opened it, such as the name of a browser.</summary>
    public required string Client { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>When it ends unless it is used before.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }
}

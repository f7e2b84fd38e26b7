namespace Skypunch.Notifier.Channels.Http;

/// <summary>The outcome of a request, before it is judged.</summary>
internal sealed record HttpAnswer
{
    /// <summary>The status; 0: there was no answer, and <see cref="Fault"/> says why.</summary>
    public int Status { get; init; }

    /// <summary>The beginning of the body as text.</summary>
    public string Body { get; init; } = "";

    /// <summary>The header Retry-After as it came; null: there was none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>When the answer came.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Why there is no answer, in words.</summary>
    public string? Fault { get; init; }

    /// <summary>What an operator can do about it.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether the receiver may have the message although there is no answer.</summary>
    public bool MayHaveArrived { get; init; }
}

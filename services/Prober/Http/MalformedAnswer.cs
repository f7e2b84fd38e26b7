namespace Skypunch.Prober.Http;

/// <summary>An answer that is not as its protocol has it.</summary>
/// <param name="words">What is wrong with it, for the operator.</param>
internal sealed class MalformedAnswer(string words) : HttpIOException(HttpRequestError.InvalidResponse, words)
{
    /// <summary>What is wrong with it.</summary>
    public string Words { get; } = words;

    /// <summary>What the operator can do about it; null where there is nothing to say.</summary>
    public string? Advice { get; init; }
}

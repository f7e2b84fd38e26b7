namespace Skypunch.Prober.Http;

/// <summary>An answer that breaks the rules of its protocol.</summary>
/// <param name="words">What is wrong with the answer, for the operator.</param>
internal sealed class MalformedAnswer(string words) : HttpIOException(HttpRequestError.InvalidResponse, words)
{
    /// <summary>What is wrong with the answer.</summary>
    public string Words { get; } = words;

    /// <summary>What the operator can do; null where there is nothing to say.</summary>
    public string? Advice { get; init; }
}

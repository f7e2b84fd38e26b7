namespace Skypunch.Prober.Http;

/// <summary>What a request says of itself where the target does not say otherwise, in HTTP/1.1 and in HTTP/2.</summary>
internal static class DefaultHeaders
{
    /// <summary>The headers, each to be left out where the target has a header of this name.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } = [new("User-Agent", UserAgent.Text), new("Accept", "*/*")];
}

using Skypunch.Prober.Http;

namespace Skypunch.Prober.Probing;

/// <summary>
/// The parts of a target's request that are sealed in the job: its headers, its body, how TLS is spoken, the proxy, the secret part of the query. Not a record: its text must not
/// show them.
/// </summary>
internal sealed class RequestParts
{
    /// <summary>Most targets have none of them.</summary>
    public static readonly RequestParts None = new();

    /// <summary>The target's own headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; null where there is none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The content type of the body.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>What is added to the query of the URL, as it is sent; empty: nothing.</summary>
    public string Query { get; init; } = "";

    /// <summary>The proxy; null: the probe goes directly.</summary>
    public HttpProxy? Proxy { get; init; }

    /// <summary>How TLS is spoken.</summary>
    public TlsSettings Tls { get; init; } = TlsSettings.Default;
}

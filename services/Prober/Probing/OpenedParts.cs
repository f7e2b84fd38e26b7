using Skypunch.Prober.Http;

namespace Skypunch.Prober.Probing;

/// <summary>
/// The parts of a target's request that are sealed in the job: the headers, the body, the TLS settings, the proxy, and the secret part of
/// the query. Not a record: its text would show them.
/// </summary>
internal sealed class OpenedParts
{
    /// <summary>No parts, as for most targets.</summary>
    public static readonly OpenedParts None = new();

    /// <summary>The target's own headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; null where there is none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The content type of the body.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>What is added to the query of the URL, encoded; empty: nothing.</summary>
    public string Query { get; init; } = "";

    /// <summary>The proxy; null: the probe goes directly.</summary>
    public HttpProxy? Proxy { get; init; }

    /// <summary>The TLS settings.</summary>
    public TlsSettings Tls { get; init; } = TlsSettings.Default;
}

namespace Skypunch.Contracts.Texts;

/// <summary>The versions of HTTP that a probe can speak, as they are stored.</summary>
public static class HttpVersions
{
    /// <summary>HTTP/1.1.</summary>
    public const string Http11 = "1.1";

    /// <summary>HTTP/2: over TLS by ALPN, in clear text with prior knowledge (RFC 9113, section 3).</summary>
    public const string Http2 = "2";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Http11, Http2];
}

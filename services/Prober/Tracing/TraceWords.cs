namespace Skypunch.Prober.Tracing;

/// <summary>
/// The names of the steps that end in [OK] or [FAIL]. "Connecting to", "Connection" with its blanks and "Response" are those of 2013.
/// </summary>
internal static class TraceWords
{
    public const string Connecting = "Connecting to {0} ....";
    public const string Target = "Target";
    public const string Authentication = "Authentication";
    public const string NameResolution = "Name resolution";
    public const string Connection = "Connection   ";
    public const string ProxyTunnel = "Proxy tunnel";
    public const string TlsHandshake = "TLS handshake";
    public const string Request = "Request";
    public const string Response = "Response";
}

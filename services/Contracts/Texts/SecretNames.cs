namespace Skypunch.Contracts.Texts;

/// <summary>
/// The names of a target's secrets. They are the names of their columns, and the names to which the sealed secrets are bound in a job.
/// </summary>
public static class SecretNames
{
    /// <summary>The parameters of the authentication.</summary>
    public const string Authn = "authn_parms";

    /// <summary>The headers of the request.</summary>
    public const string Headers = "headers";

    /// <summary>The body of the request.</summary>
    public const string Body = "body";

    /// <summary>The parameters of TLS.</summary>
    public const string Tls = "tls_parms";

    /// <summary>The URL of the proxy.</summary>
    public const string Proxy = "proxy";

    /// <summary>The parameters that are added to the query of the URL.</summary>
    public const string QuerySecrets = "query_secrets";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Authn, Headers, Body, Tls, Proxy, QuerySecrets];
}

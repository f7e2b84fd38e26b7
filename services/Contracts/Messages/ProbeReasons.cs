namespace Skypunch.Contracts;

/// <summary>The reasons of results: stable codes, which can be used as a metric's label.</summary>
public static class ProbeReasons
{
    private static readonly HashSet<string> Network =
        [DnsError, ConnectRefused, ConnectTimeout, ConnectUnreachable, TlsError, RequestTimeout, ReadTimeout, ConnectionReset, AuthUnreachable, ProxyUnreachable];

    /// <summary>The reasons of failures, that is all but <see cref="Ok"/>.</summary>
    public static IReadOnlyList<string> OfFailures { get; } =
    [
        DnsError, ConnectRefused, ConnectTimeout, ConnectUnreachable, EgressDenied, ProxyUnreachable, ProxyRefused, TlsError, TlsExpired,
        TlsUntrusted, TlsNameMismatch, RequestTimeout, ReadTimeout, ConnectionReset, ProtocolError, RedirectError, BodyTooLarge,
        StatusMismatch, AssertionFailed, AuthParamsInvalid, AuthUnreachable, AuthRejected, AuthForbidden, AuthCatalogMiss,
        AuthTokenRefused, ServiceKeystoneDown, Internal, TargetInvalid,
    ];

    /// <summary>
    /// Whether the cause of such a failure may be the network between the Prober and the target, so that another Prober should probe the
    /// target, too.
    /// </summary>
    public static bool IsOfNetwork(string reason) => Network.Contains(reason);

    /// <summary>The target did what is expected of it.</summary>
    public const string Ok = "ok";

    /// <summary>The name could not be resolved.</summary>
    public const string DnsError = "dns_error";

    /// <summary>Nobody listens at the address.</summary>
    public const string ConnectRefused = "connect_refused";

    /// <summary>The connection was not made in time.</summary>
    public const string ConnectTimeout = "connect_timeout";

    /// <summary>No route to the address.</summary>
    public const string ConnectUnreachable = "connect_unreachable";

    /// <summary>The Prober's egress policy denies the address.</summary>
    public const string EgressDenied = "egress_denied";

    /// <summary>The target's proxy could not be reached, so no request was sent to the target.</summary>
    public const string ProxyUnreachable = "proxy_unreachable";

    /// <summary>The target's proxy was reached, but did not forward the probe to the target.</summary>
    public const string ProxyRefused = "proxy_refused";

    /// <summary>The TLS handshake failed for another reason than the three below.</summary>
    public const string TlsError = "tls_error";

    /// <summary>The certificate is not valid yet, or has expired.</summary>
    public const string TlsExpired = "tls_expired";

    /// <summary>The certificate is not signed by a trusted authority.</summary>
    public const string TlsUntrusted = "tls_untrusted";

    /// <summary>The certificate is for another name.</summary>
    public const string TlsNameMismatch = "tls_name_mismatch";

    /// <summary>The connection was made, but the first byte of the answer did not come in time.</summary>
    public const string RequestTimeout = "request_timeout";

    /// <summary>The answer began, but did not end in time.</summary>
    public const string ReadTimeout = "read_timeout";

    /// <summary>The other end broke the connection.</summary>
    public const string ConnectionReset = "connection_reset";

    /// <summary>The answer is not HTTP.</summary>
    public const string ProtocolError = "protocol_error";

    /// <summary>A redirect cannot be followed: there are too many, they go in a circle, or the URL is not valid.</summary>
    public const string RedirectError = "redirect_error";

    /// <summary>The body is longer than a Prober reads, so that an assertion on it cannot be judged.</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>The answer's status is not an expected one.</summary>
    public const string StatusMismatch = "status_mismatch";

    /// <summary>The status is an expected one, but an assertion does not hold.</summary>
    public const string AssertionFailed = "assertion_failed";

    /// <summary>The authentication's parameters are missing or malformed.</summary>
    public const string AuthParamsInvalid = "auth_params_invalid";

    /// <summary>
    /// Keystone or the token server could not be reached, or its answer was not that of such a server. No request was sent to the target.
    /// </summary>
    public const string AuthUnreachable = "auth_unreachable";

    /// <summary>Keystone or the token server refused the login.</summary>
    public const string AuthRejected = "auth_rejected";

    /// <summary>
    /// Keystone accepted the login but not its project, or does not know the project; or the token server refused the client the scope.
    /// </summary>
    public const string AuthForbidden = "auth_forbidden";

    /// <summary>Keystone's catalog has no such service, region or interface.</summary>
    public const string AuthCatalogMiss = "auth_catalog_miss";

    /// <summary>The service refused (401) a token that Keystone or the token server had just issued.</summary>
    public const string AuthTokenRefused = "auth_token_refused";

    /// <summary>The service cannot reach its own Keystone to check the token (503 of keystonemiddleware).</summary>
    public const string ServiceKeystoneDown = "service_keystone_down";

    /// <summary>
    /// The Prober could not run the probe. Only the answer to a test has this reason: no target becomes FAIL because of a fault of
    /// Skypunch's own.
    /// </summary>
    public const string Internal = "internal";

    /// <summary>
    /// The target itself cannot be probed as it is stored: its URL, method, authentication or expected status is not valid.
    /// </summary>
    public const string TargetInvalid = "target_invalid";
}

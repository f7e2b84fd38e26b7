namespace Skypunch.Contracts;

/// <summary>Why a probe ended as it did: stable codes, fit for a metric's label.</summary>
public static class ProbeReasons
{
    private static readonly HashSet<string> Network =
        [DnsError, ConnectRefused, ConnectTimeout, ConnectUnreachable, TlsError, RequestTimeout, ReadTimeout, ConnectionReset, AuthUnreachable, ProxyUnreachable];

    /// <summary>Whether such a failure may as well come from the network between the Prober and the target: what another Prober sees tells more.</summary>
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

    /// <summary>The target's proxy could not be reached: the target itself was not asked.</summary>
    public const string ProxyUnreachable = "proxy_unreachable";

    /// <summary>The target's proxy was reached and did not let the probe through to the target.</summary>
    public const string ProxyRefused = "proxy_refused";

    /// <summary>The TLS handshake failed for another reason than the three below.</summary>
    public const string TlsError = "tls_error";

    /// <summary>The certificate is not valid yet or no more.</summary>
    public const string TlsExpired = "tls_expired";

    /// <summary>The certificate is signed by nobody we trust.</summary>
    public const string TlsUntrusted = "tls_untrusted";

    /// <summary>The certificate is for another name.</summary>
    public const string TlsNameMismatch = "tls_name_mismatch";

    /// <summary>Connected, but the first byte of the answer did not come in time.</summary>
    public const string RequestTimeout = "request_timeout";

    /// <summary>The answer began, but did not end in time.</summary>
    public const string ReadTimeout = "read_timeout";

    /// <summary>The other end broke the connection.</summary>
    public const string ConnectionReset = "connection_reset";

    /// <summary>What came back is not HTTP.</summary>
    public const string ProtocolError = "protocol_error";

    /// <summary>A redirect that cannot be followed: too many, in a circle, to nowhere.</summary>
    public const string RedirectError = "redirect_error";

    /// <summary>The body is longer than what a Prober reads, so that an assertion on it cannot be judged.</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>The answer's status is not an expected one.</summary>
    public const string StatusMismatch = "status_mismatch";

    /// <summary>The status is an expected one, but an assertion does not hold.</summary>
    public const string AssertionFailed = "assertion_failed";

    /// <summary>The authentication's parameters are missing or malformed.</summary>
    public const string AuthParamsInvalid = "auth_params_invalid";

    /// <summary>Keystone, or the token server, could not be reached, or did not answer as one: the target itself was not asked.</summary>
    public const string AuthUnreachable = "auth_unreachable";

    /// <summary>Keystone, or the token server, refused the login.</summary>
    public const string AuthRejected = "auth_rejected";

    /// <summary>Keystone knows the login but refuses it the project, or the project is not known; or the token server refuses a client the scope.</summary>
    public const string AuthForbidden = "auth_forbidden";

    /// <summary>Keystone's catalog has no such service, region or interface.</summary>
    public const string AuthCatalogMiss = "auth_catalog_miss";

    /// <summary>The service refuses a token that Keystone, or the token server, has just given (401).</summary>
    public const string AuthTokenRefused = "auth_token_refused";

    /// <summary>The service cannot reach its own Keystone to check the token (503 of keystonemiddleware).</summary>
    public const string ServiceKeystoneDown = "service_keystone_down";

    /// <summary>The Prober could not run the probe. Only a test is answered so: no target fails for a fault of ours.</summary>
    public const string Internal = "internal";

    /// <summary>The target itself cannot be probed as it is stored: its URL, method, authentication or expected status is not valid.</summary>
    public const string TargetInvalid = "target_invalid";
}

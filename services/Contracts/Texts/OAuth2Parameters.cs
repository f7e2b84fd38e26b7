namespace Skypunch.Contracts.Texts;

/// <summary>
/// The rules for the values of the parameters of OAUTH2, the client credentials grant (RFC 6749, section 4.4);
/// <see cref="AuthnParameters.Missing"/> says which are required. The API uses them to refuse a target, and the Prober to check a row that
/// may have been edited by hand in SQL.
/// </summary>
public static class OAuth2Parameters
{
    /// <summary>The URL of the token endpoint.</summary>
    public const string TokenUrl = "token_url";

    /// <summary>The id of the client.</summary>
    public const string ClientId = "client_id";

    /// <summary>The client's secret.</summary>
    public const string ClientSecret = "client_secret";

    /// <summary>The scope of the token: words separated by blanks; optional.</summary>
    public const string Scope = "scope";

    /// <summary>The audience of the token, a parameter that Auth0 and others require; optional.</summary>
    public const string Audience = "audience";

    /// <summary>
    /// How the client sends its secret: <c>basic</c>, in a header, or <c>post</c>, in the body (RFC 6749, section 2.3.1); optional, basic
    /// by default.
    /// </summary>
    public const string ClientAuth = "client_auth";

    /// <summary>PEM certificates of the authorities that are trusted instead of the system's; optional.</summary>
    public const string CaCert = "cacert";

    /// <summary>Whether the certificate of the token server is checked; optional, true by default.</summary>
    public const string Verify = "verify";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [TokenUrl, ClientId, ClientSecret, Scope, Audience, ClientAuth, CaCert, Verify];

    /// <summary>
    /// The parameters that are wrong, each with the end of a sentence that says what is wrong. The sentence never contains the value.
    /// </summary>
    public static IEnumerable<(string Parameter, string Words)> Faults(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (part, _) in parameters.Keys.Index().Where(key => !All.Contains(key.Item)))
        {
            // The key itself is not named: it may be part of a secret with a comma in it.
            yield return ($"part {part + 1}", $"has a key that is not known: use {string.Join(", ", All)}");
        }

        if (WebUrl.Read(Get(TokenUrl), out _) is not UrlFault.None)
        {
            yield return (TokenUrl, "must be a URL that begins with http:// or https://, without a user and password in it");
        }

        if (!Get(ClientId).Concat(Get(ClientSecret)).All(c => c is >= ' ' and <= '~'))
        {
            yield return (ClientId, "and client_secret must be ASCII without control characters"); // RFC 6749, appendix A.1 and A.2
        }

        if (!Get(Scope).All(c => c is ' ' or '!' or (>= '#' and <= '[') or (>= ']' and <= '~')))
        {
            yield return (Scope, "must be words with blanks between, without quotes and backslashes"); // RFC 6749, section 3.3
        }

        if (Get(ClientAuth) is not ("" or "basic" or "post"))
        {
            yield return (ClientAuth, "must be basic or post");
        }

        if (Get(CaCert) is { Length: > 0 } ca && !PemText.IsCertificates(ca))
        {
            yield return (CaCert, "must be one or more certificates in PEM, -----BEGIN CERTIFICATE----- …, and not the name of a file");
        }

        if (Get(Verify) is { Length: > 0 } verify && !bool.TryParse(verify, out _))
        {
            yield return (Verify, "must be true or false");
        }

        string Get(string name) => parameters.GetValueOrDefault(name, "");
    }
}

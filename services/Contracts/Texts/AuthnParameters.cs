namespace Skypunch.Contracts.Texts;

/// <summary>
/// Which parameters each authentication needs. The API uses this rule to refuse a target, and the Prober to check a row that may have been
/// edited by hand in SQL.
/// </summary>
public static class AuthnParameters
{
    /// <summary>No credentials.</summary>
    public const string None = "NONE";

    /// <summary>HTTP Basic.</summary>
    public const string Basic = "BASIC";

    /// <summary>A token from OpenStack Keystone.</summary>
    public const string OpenStack = "OPENSTACK";

    /// <summary>A token from an OAuth 2.0 token server, by the client credentials grant.</summary>
    public const string OAuth2 = "OAUTH2";

    /// <summary>HTTP Digest.</summary>
    public const string Digest = "DIGEST";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [None, Basic, OpenStack, OAuth2, Digest];

    /// <summary>Whether a server other than the target is asked for a token first.</summary>
    public static bool IsLogin(string authn) => authn is OpenStack or OAuth2;

    /// <summary>
    /// The names of the parameters that are missing or empty, in a fixed order. For OPENSTACK a parameter may have its name of 2013 or its
    /// name in <c>auth</c> of a clouds.yaml.
    /// </summary>
    public static IReadOnlyList<string> Missing(string authn, IReadOnlyDictionary<string, string> parameters)
    {
        return authn switch
        {
            Basic or Digest => [.. Lacking("user"), .. Lacking("password")],
            OAuth2 => [.. Lacking(OAuth2Parameters.TokenUrl), .. Lacking(OAuth2Parameters.ClientId), .. Lacking(OAuth2Parameters.ClientSecret)],
            OpenStack when Has("application_credential_id") || Has("application_credential_name") =>
                [.. Lacking("osauthendpoint", "auth_url"), .. Lacking("application_credential_secret"), .. ApplicationCredentialUser()],
            OpenStack =>
            [
                .. Lacking("user", "username", "user_id"),
                .. Lacking("password"),
                .. Lacking("osauthendpoint", "auth_url"),
                .. Lacking("tenantid", "tenant_id", "tenantname", "tenant_name", "project_id", "project_name", "domain_id", "domain_name", "system_scope"),
            ],
            _ => [],
        };

        bool Has(string name) => parameters.TryGetValue(name, out var value) && value.Length > 0;

        string[] Lacking(params string[] names) => names.Any(Has) ? [] : [names[0]];

        // The name of an application credential, unlike its id, is unique only among those of its user.
        string[] ApplicationCredentialUser() => Has("application_credential_id") ? [] : Lacking("user", "username", "user_id");
    }
}

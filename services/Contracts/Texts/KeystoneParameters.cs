namespace Skypunch.Contracts.Texts;

/// <summary>
/// The rules for the values of the parameters of OPENSTACK; <see cref="AuthnParameters.Missing"/> says which are required. The API uses
/// them to refuse a target, and the Prober to check a row that may have been edited by hand in SQL.
/// </summary>
public static class KeystoneParameters
{
    private static readonly string[] Projects = ["tenantid", "tenant_id", "project_id", "tenantname", "tenant_name", "project_name"];

    /// <summary>
    /// The parameters that are wrong, each with the end of a sentence that says what is wrong. The sentence never contains the value.
    /// </summary>
    public static IEnumerable<(string Parameter, string Words)> Faults(IReadOnlyDictionary<string, string> parameters)
    {
        if (!IsEndpoint(Get("auth_url") ?? Get("osauthendpoint")))
        {
            yield return (
                Get("auth_url") is null ? "osauthendpoint" : "auth_url",
                "must be a URL that begins with http:// or https://, without a user and password in it");
        }

        if (Get("identity_api_version")?.TrimStart('v') is not (null or "2" or "2.0" or "3"))
        {
            yield return ("identity_api_version", "must be 3 or 2.0");
        }

        if (Get("verify") is { } verify && !bool.TryParse(verify, out _))
        {
            yield return ("verify", "must be true or false");
        }

        if (Get("cacert") is { } ca && !PemText.IsCertificates(ca))
        {
            yield return ("cacert", "must be one or more certificates in PEM, -----BEGIN CERTIFICATE----- …, and not the name of a file");
        }

        if (Get("interface") is { } face && !CatalogInterfaces.All.Contains(CatalogInterfaces.Normal(face)))
        {
            yield return ("interface", "must be public, internal or admin");
        }

        if (Get("system_scope") is not (null or "all"))
        {
            yield return ("system_scope", "must be all");
        }

        var scopes = new[] { Projects.Any(name => Get(name) is not null), Get("domain_id", "domain_name") is not null, Get("system_scope") is not null };
        if (scopes.Count(given => given) > 1)
        {
            yield return (Get("system_scope") is null ? "domain_id" : "system_scope", "is a second scope: give a project, a domain or the system");
        }

        string? Get(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (parameters.TryGetValue(name, out var value) && value.Length > 0)
                {
                    return value;
                }
            }

            return null;
        }
    }

    private static bool IsEndpoint(string? text)
        => WebUrl.Read(text, out _) is UrlFault.None;
}

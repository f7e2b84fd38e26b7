using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// Who logs in to which Keystone for which project, as the parameters of OPENSTACK say it: by the names of 2013 or by those of clouds.yaml.
/// Not a record: its text
/// must not show the secret.
/// </summary>
internal sealed class KeystoneIdentity
{
    private readonly IReadOnlyDictionary<string, string> _parameters;

    private KeystoneIdentity(IReadOnlyDictionary<string, string> parameters, KeystoneEndpoint endpoint)
    {
        _parameters = parameters;
        Endpoint = endpoint;
        Secret = Get("application_credential_secret") is { } secret && IsApplicationCredential ? secret : Get("password") ?? "";
        Key = KeyOf();
    }

    /// <summary>Where to log in.</summary>
    public KeystoneEndpoint Endpoint { get; }

    /// <summary>The password, or the application credential's secret.</summary>
    public string Secret { get; }

    /// <summary>Equal for targets that can share a token: endpoint, identity, scope and a hash of the secret.</summary>
    public string Key { get; }

    /// <summary>An application credential, which brings its own scope, instead of a user's password.</summary>
    public bool IsApplicationCredential => Get("application_credential_id", "application_credential_name") is not null;

    public string? ApplicationCredentialId => Get("application_credential_id");

    public string? ApplicationCredentialName => Get("application_credential_name");

    public string? UserId => Get("user_id");

    public string? UserName => Get("user", "username");

    public string? UserDomainId => Get("user_domain_id");

    public string? UserDomainName => Get("user_domain_name");

    public string? ProjectId => Get("tenantid", "tenant_id", "project_id");

    public string? ProjectName => Get("tenantname", "tenant_name", "project_name");

    public string? ProjectDomainId => Get("project_domain_id");

    public string? ProjectDomainName => Get("project_domain_name");

    /// <summary>Reads parameters that are known to be complete (<see cref="AuthnParameters.Missing"/>).</summary>
    public static bool TryRead(
        IReadOnlyDictionary<string, string> parameters,
        [NotNullWhen(true)] out KeystoneIdentity? identity,
        [NotNullWhen(false)] out ProbeFailure? failure)
    {
        identity = null;
        var url = parameters.GetValueOrDefault("auth_url");
        url = string.IsNullOrEmpty(url) ? parameters.GetValueOrDefault("osauthendpoint") : url;
        if (!KeystoneEndpoint.TryRead(url, parameters.GetValueOrDefault("identity_api_version"), out var endpoint, out var error))
        {
            failure = new ProbeFailure(ProbeReasons.AuthParamsInvalid, error);
            return false;
        }

        identity = new KeystoneIdentity(parameters, endpoint);
        failure = endpoint.Version is KeystoneVersion.V2 && identity.IsApplicationCredential
            ? new ProbeFailure(
                ProbeReasons.AuthParamsInvalid,
                "authentication OPENSTACK: version 2.0 knows no application credentials; use an auth_url of version 3")
            : null;
        return failure is null;
    }

    private string? Get(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_parameters.TryGetValue(name, out var value) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }

    private string KeyOf()
    {
        var parts = new[]
        {
            Endpoint.Url.AbsoluteUri, Endpoint.Version.ToString(), ApplicationCredentialId, ApplicationCredentialName, UserId, UserName,
            UserDomainId, UserDomainName, ProjectId, ProjectName, ProjectDomainId, ProjectDomainName, Secret,
        };

        // The lengths keep apart what would read alike when it is put together.
        var text = string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

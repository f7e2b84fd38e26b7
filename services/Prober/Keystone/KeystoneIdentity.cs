using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// Who logs in to which Keystone for which scope, as the parameters of OPENSTACK say it: by the names of 2013 or by those of clouds.yaml.
/// Not a record: its text must not show the secret.
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

    /// <summary>Equal for targets that can share a token: endpoint and how it is trusted, identity, scope and a hash of the secret.</summary>
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

    public string? DomainId => Get("domain_id");

    public string? DomainName => Get("domain_name");

    /// <summary>For the whole cloud, and no project of it.</summary>
    public bool IsSystem => Get("system_scope") is not null;

    /// <summary>False: Keystone's certificate is taken as it is.</summary>
    public bool Verify => Get("verify") is not { } verify || bool.Parse(verify);

    /// <summary>The authorities that sign for Keystone, as PEM, instead of the system's; null where there are none of its own.</summary>
    public string? CaCert => Get("cacert");

    /// <summary>Where a target asks for a service of the catalog and does not say these itself.</summary>
    public CatalogService CatalogDefaults => new(Get("service_type") ?? "", Get("region_name"), Get("interface"));

    /// <summary>Who logs in, for a human.</summary>
    public string Who => IsApplicationCredential
        ? $"application credential {ApplicationCredentialName ?? ApplicationCredentialId}"
        : $"user {UserName ?? UserId}";

    /// <summary>What for, for a human; null where the credential brings its own scope.</summary>
    public string? Scope => true switch
    {
        _ when IsApplicationCredential => null,
        _ when IsSystem => "the system",
        _ when (DomainName ?? DomainId) is { } domain => $"domain {domain}",
        _ => $"project {ProjectName ?? ProjectId}",
    };

    /// <summary>Reads parameters that are known to be complete (<see cref="AuthnParameters.Missing"/>).</summary>
    public static bool TryRead(
        IReadOnlyDictionary<string, string> parameters,
        [NotNullWhen(true)] out KeystoneIdentity? identity,
        [NotNullWhen(false)] out ProbeFailure? failure)
    {
        identity = null;
        failure = null;
        var faults = KeystoneParameters.Faults(parameters).Select(fault => $"{fault.Parameter} {fault.Words}").ToArray();
        if (faults.Length > 0)
        {
            failure = Invalid(string.Join("; ", faults));
            return false;
        }

        var url = parameters.GetValueOrDefault("auth_url");
        url = string.IsNullOrEmpty(url) ? parameters["osauthendpoint"] : url;
        identity = new KeystoneIdentity(parameters, KeystoneEndpoint.Of(new Uri(url), parameters.GetValueOrDefault("identity_api_version")));
        failure = identity.FaultIn(identity.Endpoint.Version);
        return failure is null;
    }

    /// <summary>Why a version cannot take this login; null where it can.</summary>
    public ProbeFailure? FaultIn(KeystoneVersion version) => version switch
    {
        KeystoneVersion.V2 when IsApplicationCredential =>
            Invalid("version 2.0 knows no application credentials; use an auth_url of version 3"),
        KeystoneVersion.V2 when (ProjectId ?? ProjectName) is null =>
            Invalid("version 2.0 knows no scope but a project; give a project, or use an auth_url of version 3"),
        _ => null,
    };

    private static ProbeFailure Invalid(string words)
        => new(ProbeReasons.AuthParamsInvalid, $"authentication OPENSTACK: {words}", KeystoneAdvice.CorrectParameters);

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
            UserDomainId, UserDomainName, ProjectId, ProjectName, ProjectDomainId, ProjectDomainName,
            DomainId, DomainName, Get("system_scope"), Verify.ToString(), CaCert, Secret,
        };

        // The lengths keep apart what would read alike when it is put together.
        var text = string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

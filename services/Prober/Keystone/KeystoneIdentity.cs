using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// Who logs in to which Keystone for which scope, as the parameters of OPENSTACK say it, under the names of 2013 or those of clouds.yaml.
/// Not a record: its text would show the secret.
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

    /// <summary>
    /// A hash that is the same for targets that can share a token: of the endpoint and how it is trusted, the identity, the scope and the
    /// secret.
    /// </summary>
    public string Key { get; }

    /// <summary>Whether an application credential logs in, which brings its own scope, and not a user with a password.</summary>
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

    /// <summary>Whether the scope is the whole cloud and not a project of it.</summary>
    public bool IsSystem => Get("system_scope") is not null;

    /// <summary>Whether Keystone's certificate is verified.</summary>
    public bool Verify => Get("verify") is not { } verify || bool.Parse(verify);

    /// <summary>The authorities that are trusted for Keystone in place of the system's, as PEM; null: the system's.</summary>
    public string? CaCert => Get("cacert");

    /// <summary>
    /// The service type, region and interface where a target that asks for a service of the catalog does not give them itself.
    /// </summary>
    public CatalogService CatalogDefaults => new(Get("service_type") ?? "", Get("region_name"), Get("interface"));

    /// <summary>Who logs in, in words.</summary>
    public string Who => IsApplicationCredential
        ? $"application credential {ApplicationCredentialName ?? ApplicationCredentialId}"
        : $"user {UserName ?? UserId}";

    /// <summary>The scope in words; null where the credential brings its own scope.</summary>
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

        // The lengths keep different parts apart that would give the same text together.
        var text = string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

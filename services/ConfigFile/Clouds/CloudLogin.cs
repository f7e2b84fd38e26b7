using Skypunch.ConfigFile.Faults;
using Skypunch.Contracts.Texts;

namespace Skypunch.ConfigFile.Clouds;

/// <summary>
/// Makes the parameters of the authentication OPENSTACK from the layers of a cloud, under the key names of clouds.yaml. Keys that have
/// nothing to do with a login are ignored.
/// </summary>
/// <param name="search">Reads the certificates that a cloud names.</param>
/// <param name="name">The cloud.</param>
/// <param name="here">Called with what is wrong with the cloud as a whole, worded as the end of a sentence.</param>
/// <param name="there">Called with what is wrong in the cloud's file.</param>
internal sealed class CloudLogin(CloudSearch search, string name, Action<string> here, Action<ConfigFault> there)
{
    private const string ApplicationCredential = "v3applicationcredential";

    private readonly List<KeyValuePair<string, string>> _parameters = [];
    private bool _isFaulty;

    /// <summary>Says what is wrong with a value.</summary>
    public void Fault(CloudValue value, string message)
    {
        _isFaulty = true;
        if (value.File.Length == 0)
        {
            here($"has {value.Path}, which {message}");
        }
        else
        {
            there(new ConfigFault(value.File, value.Line, value.Path, message));
        }
    }

    /// <summary>The parameters in the format of <c>authn_params</c>.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="own">The target's own parameters in the same format. They win over those of the cloud.</param>
    public string Parameters(CloudLayer cloud, string own)
    {
        if (!ParameterText.TryParse(own, out var given, out _))
        {
            return own; // the reader of the entry reports this fault
        }

        cloud = InRegion(cloud, given.GetValueOrDefault("region_name"));
        Refuse(cloud);
        TakeIdentity(cloud);
        Add("region_name", cloud.Find("region_name")?.Text);
        Add("interface", InterfaceOf(cloud));
        new CloudTrust(search, this).Take(cloud, Add);
        var merged = ParameterOverride.Of(_parameters, given);
        if (!_isFaulty && AuthnParameters.Missing(AuthnParameters.OpenStack, merged) is { Count: > 0 } missing)
        {
            here($"lacks {string.Join(", ", missing.Select(TodaysName))}; add it to what clouds.yaml or secure.yaml says of it, or to authn_params");
        }

        return ParameterText.Format(merged);
    }

    private void TakeIdentity(CloudLayer cloud)
    {
        var type = TypeOf(cloud);
        Add("auth_url", cloud.Find("auth_url")?.Text.Replace("{region_name}", cloud.Find("region_name")?.Text, StringComparison.Ordinal));
        Add("identity_api_version", type switch { "v2password" => "2.0", "v3password" => "3", _ => cloud.Find("identity_api_version")?.Text });
        Take(cloud, "username", "user_id");
        TakeDomain(cloud, "user_domain");
        if (type == ApplicationCredential)
        {
            Take(cloud, "application_credential_id", "application_credential_name", "application_credential_secret");
            return;
        }

        Take(cloud, "password");
        Add("project_id", cloud.Find("project_id", "tenant_id")?.Text);
        Add("project_name", cloud.Find("project_name", "tenant_name")?.Text);
        TakeDomain(cloud, "project_domain");
    }

    private string TypeOf(CloudLayer cloud)
    {
        var type = cloud.Find("auth_type", "auth_plugin");
        switch (type?.Text)
        {
            case null when cloud.Find("application_credential_secret") is not null && cloud.Find("password") is null:
                return ApplicationCredential;
            case null or "password" or "v3password" or "v2password" or ApplicationCredential:
                return type?.Text ?? "password";
            default:
                Fault(type, $"is a way to log in that is not supported; use password, v3password, v2password or {ApplicationCredential}");
                return type.Text;
        }
    }

    private void Refuse(CloudLayer cloud)
    {
        foreach (var certificate in new[] { cloud.Find("cert"), cloud.Find("key") }.OfType<CloudValue>())
        {
            Fault(certificate, "is not supported: Keystone is shown no client certificate; leave it out");
        }

        if (cloud.Find("system_scope", "trust_id") is { } scope)
        {
            Fault(scope, "is not supported: the login is to a project; leave it out, and name the project");
        }
    }

    private void TakeDomain(CloudLayer cloud, string domain)
    {
        var isGiven = cloud.Find($"{domain}_id", $"{domain}_name") is not null;
        Add($"{domain}_id", (isGiven ? cloud.Find($"{domain}_id") : cloud.Find("domain_id", "default_domain_id", "default_domain"))?.Text);
        Add($"{domain}_name", (isGiven ? cloud.Find($"{domain}_name") : cloud.Find("domain_name", "default_domain_name"))?.Text);
    }

    private void Take(CloudLayer cloud, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            Add(key, cloud.Find(key)?.Text);
        }
    }

    private void Add(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _parameters.Add(new(key, value));
        }
    }

    // The wanted region, else the first of the list. As openstacksdk still does, a region_name with commas is read as a list.
    private CloudLayer InRegion(CloudLayer cloud, string? wanted)
    {
        var region = wanted ?? (cloud.Regions.Count > 0 ? cloud.Regions[0].Name : cloud.Find("region_name")?.Text.Split(',')[0].Trim());
        if (region is null)
        {
            return cloud;
        }

        var inRegion = new CloudLayer();
        inRegion.Set("region_name", new CloudValue(region, "", 0, name));
        return cloud.Regions.FirstOrDefault(r => r.Name == region).Values is { } values ? inRegion.Over(values.Over(cloud)) : inRegion.Over(cloud);
    }

    // The catalogs of version 2.0 wrote "publicURL" for "public".
    private static string? InterfaceOf(CloudLayer cloud)
        => cloud.Find("interface", "endpoint_type")?.Text is { } text && text.EndsWith("URL", StringComparison.Ordinal)
            ? text[..^3]
            : cloud.Find("interface", "endpoint_type")?.Text;

    private static string TodaysName(string parameter) => parameter switch
    {
        "user" => "username",
        "osauthendpoint" => "auth_url",
        "tenantid" => "project_name",
        _ => parameter,
    };
}

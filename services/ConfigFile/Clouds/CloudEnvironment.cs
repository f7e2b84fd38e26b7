namespace Skypunch.ConfigFile.Clouds;

/// <summary>
/// The cloud that the <c>OS_*</c> variables describe, as an "openrc" file sets them. Its name is <c>envvars</c>, or what OS_CLOUD_NAME
/// says.
/// </summary>
internal static class CloudEnvironment
{
    private const string RegionName = "region_name";

    private static readonly string[] Keys =
    [
        "auth_url", "auth_type", "username", "user_id", "password", "project_name", "project_id", "tenant_name", "tenant_id", "user_domain_name",
        "user_domain_id", "project_domain_name", "project_domain_id", "domain_name", "domain_id", "default_domain", "default_domain_name",
        "default_domain_id", "application_credential_id", "application_credential_name", "application_credential_secret", "system_scope", "trust_id",
        RegionName, "interface", "endpoint_type", "identity_api_version", "verify", "insecure", "cacert", "cert", "key",
    ];

    /// <summary>The name of this cloud.</summary>
    public static string Name(CloudSearch search) => search.Variable("OS_CLOUD_NAME") ?? "envvars";

    /// <summary>The cloud as the variables describe it; null where no variable but the region's is set.</summary>
    public static CloudLayer? Read(CloudSearch search)
    {
        var layer = new CloudLayer();
        var isThere = false;
        foreach (var key in Keys)
        {
            var variable = $"OS_{key.ToUpperInvariant()}";
            if (search.Variable(variable) is { } text)
            {
                layer.Set(key, new CloudValue(text, "", 0, variable));
                isThere |= key != RegionName;
            }
        }

        return isThere ? layer : null;
    }
}

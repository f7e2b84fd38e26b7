namespace Skypunch.ConfigFile.Clouds;

/// <summary>
/// Puts an entry's own parameters over those of its cloud. A parameter of the cloud gives way, too, where an own parameter says the same
/// thing under another name.
/// </summary>
internal static class ParameterOverride
{
    private static readonly (string[] Own, string[] GiveWay)[] Rules =
    [
        (["osauthendpoint"], ["auth_url"]),
        (["user", "username", "user_id"], ["username", "user_id"]),
        (["password"], ["application_credential_id", "application_credential_name", "application_credential_secret"]),
        (["application_credential_id", "application_credential_name"], ["password", "application_credential_id", "application_credential_name"]),
        (["tenantid", "tenant_id", "tenantname", "tenant_name", "project_id", "project_name"], ["project_id", "project_name"]),
        (["user_domain_id", "user_domain_name"], ["user_domain_id", "user_domain_name"]),
        (["project_domain_id", "project_domain_name"], ["project_domain_id", "project_domain_name"]),
        (["verify", "cacert"], ["verify", "cacert"]),
    ];

    public static Dictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> cloud, IReadOnlyDictionary<string, string> own)
    {
        var gone = Rules.Where(rule => rule.Own.Any(own.ContainsKey)).SelectMany(rule => rule.GiveWay).Concat(own.Keys).ToHashSet(StringComparer.Ordinal);
        return cloud.Where(parameter => !gone.Contains(parameter.Key)).Concat(own).ToDictionary(StringComparer.Ordinal);
    }
}

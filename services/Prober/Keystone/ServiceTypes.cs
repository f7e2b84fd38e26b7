namespace Skypunch.Prober.Keystone;

/// <summary>
/// The types under which different clouds have the same service (https://service-types.openstack.org/service-types.json). Pure.
/// </summary>
internal static class ServiceTypes
{
    // The official type first, then its aliases, the best first.
    private static readonly string[][] Aliases =
    [
        ["alarm", "alarming"],
        ["application-container", "container"],
        ["baremetal", "bare-metal"],
        ["block-storage", "volumev3", "volumev2", "volume", "block-store"],
        ["clustering", "resource-cluster", "cluster"],
        ["container-infrastructure-management", "container-infrastructure", "container-infra"],
        ["event", "events"],
        ["instance-ha", "ha"],
        ["message", "messaging"],
        ["meter", "metering", "telemetry"],
        ["monitoring-logging", "monitoring-log-api"],
        ["operator-policy", "policy"],
        ["resource-optimization", "infra-optim"],
        ["root-cause-analysis", "rca"],
        ["shared-file-system", "sharev2", "share"],
        ["workflow", "workflowv2"],
    ];

    /// <summary>
    /// The names under which a catalog may have a service: as it was asked for first, then the official one, then the aliases.
    /// </summary>
    public static IEnumerable<string> NamesOf(string type)
    {
        var wanted = type.Trim().ToLowerInvariant().Replace('_', '-');
        return [type.Trim(), wanted, .. Array.Find(Aliases, names => names.Contains(wanted)) ?? []];
    }
}

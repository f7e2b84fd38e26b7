using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;

namespace Skypunch.Cli.Targets;

/// <summary>The options that have the URL found in the catalog of an OpenStack cloud.</summary>
internal sealed class TargetCatalogOptions
{
    public TargetCatalogOptions()
    {
        var region = Parsed.Text("--region-name", "REGION", "The region of --service-type. Default: the only one, or any.");
        var @interface = Parsed.Text("--interface", "NAME", "The interface of --service-type: public (the default), internal or admin.");
        All =
        [
            new("catalog.service_type", ServiceType, (s, t) => CatalogOf(t).ServiceType = s.Given.GetValue(ServiceType)!),
            new("catalog.region_name", region, (s, t) => CatalogOf(t).RegionName = s.Given.GetValue(region)!),
            new("catalog.interface", @interface, (s, t) => CatalogOf(t).Interface = s.Given.GetValue(@interface)!),
        ];
    }

    /// <summary>With it the URL is a path.</summary>
    public Option<string> ServiceType { get; } = Parsed.Text(
        "--service-type",
        "TYPE",
        "A service of the OpenStack catalog, such as compute; the URL is then a path below it, or left out. Needs --authn OPENSTACK.");

    public IReadOnlyList<RequestField<Target>> All { get; }

    private static CatalogService CatalogOf(Target target) => target.Catalog ??= new CatalogService();
}

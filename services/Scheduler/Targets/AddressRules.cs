using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.AdminApi;
using static Skypunch.Contracts.Texts.TargetLimits;
using ProtoCatalog = Skypunch.Admin.V1.CatalogService;

namespace Skypunch.Scheduler.Targets;

/// <summary>Where a target may be: at a URL, or at a path below a service of an OpenStack catalog. Pure; one line a rule.</summary>
internal static class AddressRules
{
    private const string Url = "target.url";

    private static readonly string[] Interfaces = ["", "public", "internal", "admin"];

    /// <summary>Whether the URL is a path below a service of a catalog; a catalog without anything in it is none.</summary>
    public static bool IsInCatalog(Admin.V1.Target target) => target.Catalog is { } catalog && !catalog.Equals(new ProtoCatalog());

    public static void Check(Admin.V1.Target target, FieldViolations faults)
    {
        if (!IsInCatalog(target))
        {
            CheckUrl(target.Url, faults);
            return;
        }

        var catalog = target.Catalog;
        faults.Require(
            IsPath(target.Url),
            Url,
            $"must be a path below the catalog's service: empty, or beginning with '/', of at most {LongestUrl} characters");
        faults.Require(IsServiceType(catalog.ServiceType), "target.catalog.service_type", "must be a service's type, such as compute or object-store");
        faults.Require(target.Authn is Authn.Openstack, "target.catalog.service_type", "needs authn OPENSTACK: Keystone gives the catalog to who logs in");
        faults.Require(
            catalog.RegionName.Length <= LongestRegionName && OneLine.Is(catalog.RegionName),
            "target.catalog.region_name",
            $"must have at most {LongestRegionName} characters and no control characters");
        faults.Require(Interfaces.Contains(catalog.Interface), "target.catalog.interface", "must be public, internal or admin");
    }

    private static void CheckUrl(string text, FieldViolations faults)
    {
        var fault = text.Length > LongestUrl || !OneLine.Is(text) ? UrlFault.NoUrl : WebUrl.Read(text, out _);
        faults.Require(fault is UrlFault.None, Url, fault switch
        {
            UrlFault.Credentials => "must not hold credentials: choose authn BASIC, and give user and password as its parameters",
            UrlFault.NoHostName => "has a host name that cannot be one of DNS: correct it",
            UrlFault.LongHostName => "has a host name that is longer than 253 characters: correct it",
            UrlFault.PortZero => "has the port 0: choose one from 1 to 65535",
            _ => $"must be an http or https URL of at most {LongestUrl} characters, such as https://example.org/health",
        });
    }

    private static bool IsPath(string path)
        => path.Length <= LongestUrl && (path.Length == 0 || path[0] == '/') && OneLine.Is(path) && !path.Any(char.IsWhiteSpace);

    private static bool IsServiceType(string type)
        => type.Length is > 0 and <= LongestServiceType && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
}

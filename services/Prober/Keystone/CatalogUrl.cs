namespace Skypunch.Prober.Keystone;

/// <summary>The URL of a target that is a path below a service of the catalog. Pure.</summary>
internal static class CatalogUrl
{
    /// <summary>
    /// The URL: <c>http://nova:8774/v2.1/PROJECT</c> and <c>/servers?limit=1</c> give <c>http://nova:8774/v2.1/PROJECT/servers?limit=1</c>.
    /// </summary>
    /// <param name="endpoint">The base URL of the service, with or without a path.</param>
    /// <param name="path">The path below it, with or without a query; empty: the base URL as it is. It cannot name another host.</param>
    public static Uri Of(Uri endpoint, string path)
    {
        var below = path.Trim();
        var end = below.IndexOf('?');
        var (steps, query) = end < 0 ? (below, "") : (below[..end], below[end..]);
        var root = endpoint.GetLeftPart(UriPartial.Path);
        return steps.Length == 0 ? new Uri(root + query) : new Uri($"{root.TrimEnd('/')}/{steps.TrimStart('/', '\\')}{query}");
    }
}

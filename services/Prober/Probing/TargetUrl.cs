using Skypunch.Contracts;

namespace Skypunch.Prober.Probing;

/// <summary>What a URL must be like to be probed, be it a target's, a redirect's or a catalog's. Pure.</summary>
internal static class TargetUrl
{
    private const int LongestHost = 253; // as DNS has it

    // Stands for the URL of a catalog's service until the login has told it.
    private static readonly Uri NotKnownYet = new("http://catalog.invalid/");

    /// <summary>What is wrong with a job's URL; null: nothing.</summary>
    public static string? Check(ProbeJob job, out Uri? url)
    {
        if (job.Catalog is null)
        {
            return Check(job.Url, out url);
        }

        url = NotKnownYet;
        var path = job.Url?.Trim() ?? "";
        return path.Length == 0 || path.StartsWith('/')
            ? null
            : $"url {Words.Quote(SafeUrl.Of(path))} must be a path such as /servers, as its beginning comes from the catalog";
    }

    /// <summary>What is wrong with a URL; null: nothing.</summary>
    public static string? Check(string? text, out Uri? url)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("http" or "https") || url.IdnHost.Length == 0)
        {
            return $"url {Words.Quote(SafeUrl.Of(text))} must be a URL that begins with http:// or https://";
        }

        return url switch
        {
            { UserInfo.Length: > 0 } => "url must be without a user and password in it; use authn BASIC",
            { IdnHost.Length: > LongestHost } => "url has a host name that is longer than 253 characters; correct it",
            { Port: 0 } => $"url {Words.Quote(text)} has port 0; use a port from 1 to 65535",
            _ => null,
        };
    }
}

using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>Checks the URL of a job. Pure.</summary>
internal static class TargetUrl
{
    // Stands for the URL of a service of the catalog until the login has found it.
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
        return WebUrl.Read(text, out url) switch
        {
            UrlFault.None => null,
            UrlFault.Credentials => "url must be without a user and password in it; use authn BASIC",
            UrlFault.LongHostName => "url has a host name that is longer than 253 characters; correct it",
            UrlFault.NoHostName => $"url {Words.Quote(SafeUrl.Of(text))} has a host name that cannot be one of DNS; correct it",
            UrlFault.PortZero => $"url {Words.Quote(text)} has port 0; use a port from 1 to 65535",
            _ => $"url {Words.Quote(SafeUrl.Of(text))} must be a URL that begins with http:// or https://",
        };
    }
}

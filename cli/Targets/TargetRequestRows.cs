using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary>The rows of a target's table for what is not as by default: most targets have none of them.</summary>
internal static class TargetRequestRows
{
    private const string Given = "given, not shown";

    public static IEnumerable<(string Name, TableCell Value)> Of(Target target)
        => Request(target).Concat(Tls(target.Tls)).Concat(Judgement(target)).Where(row => row.Value.Text.Length > 0);

    private static IEnumerable<(string Name, TableCell Value)> Request(Target target)
    {
        foreach (var header in target.Headers)
        {
            yield return ("Header", $"{header.Name}: {(header.Value.Length > 0 ? header.Value : Given)}");
        }

        foreach (var parameter in target.QuerySecrets)
        {
            yield return ("Secret Query", $"{parameter.Name}: {Given}");
        }

        yield return ("Body", target.HasBody ? Given : "");
        yield return ("Content Type", target.ContentType);
        yield return ("Redirects Followed", target.FollowRedirects ? $"{target.MaxRedirects} at the most" : "");
        yield return ("Cookies", target.KeepCookies ? "kept over the redirects of a probe" : "");
        yield return ("Proxy", target.Proxy);
        yield return ("HTTP Version", target.HttpVersion is HttpVersion.Unspecified or HttpVersion._11 ? "" : TargetWords.Of(target.HttpVersion));
        yield return ("IP Family", target.IpFamily is IpFamily.Unspecified or IpFamily.Any ? "" : TargetWords.Of(target.IpFamily));
        yield return ("Region", target.Catalog?.RegionName ?? "");
        yield return ("Interface", target.Catalog?.Interface ?? "");
    }

    private static IEnumerable<(string Name, TableCell Value)> Tls(Tls? tls)
    {
        yield return ("TLS Verification", tls is { SkipVerify: true } ? new TableCell("off: any certificate is accepted", Good: false) : "");
        yield return ("TLS Server Name", tls?.ServerName ?? "");
        yield return ("TLS CA", Certificates(tls?.Ca));
        yield return ("TLS Client Certificate", Certificates(tls?.ClientCertificate));
    }

    private static IEnumerable<(string Name, TableCell Value)> Judgement(Target target)
    {
        foreach (var assertion in target.Assertions)
        {
            yield return ("Assertion", assertion);
        }

        if (target.RetryInterval is { Seconds: var seconds })
        {
            yield return ("Retry Interval (sec)", seconds);
        }

        yield return ("Advice", target.State?.Advice ?? "");
    }

    private static string Certificates(string? pem) => (pem?.Split("-----BEGIN CERTIFICATE-----").Length - 1 ?? 0) switch
    {
        0 => "",
        1 => "1 certificate",
        var count => $"{count} certificates",
    };
}

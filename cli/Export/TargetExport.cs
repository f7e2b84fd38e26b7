using System.Globalization;
using Skypunch.Admin.V1;
using Skypunch.Cli.Targets;
using Skypunch.Contracts;

namespace Skypunch.Cli.Export;

/// <summary>Writes a target as an entry of a configuration file.</summary>
internal static class TargetExport
{
    /// <summary>Writes it.</summary>
    /// <param name="target">The target.</param>
    /// <param name="standard">A target as the server makes it of a name and a URL.</param>
    /// <param name="text">The file.</param>
    public static void Write(Target target, Target standard, ConfigText text)
    {
        text.Entry();
        text.Pair("name", target.Name);
        WriteAddress(target, text);
        text.Pair("method", target.Method, standard.Method);
        WriteRequest(target, text);
        WriteAuthn(target, text);
        text.Pair("expect", target.PassResult, standard.PassResult);
        text.Pair("frequency", target.Frequency);
        text.Pair("timeout", target.Timeout);
        text.Pair("retry_interval", target.RetryInterval);
        text.Pair("failure_threshold", Number(target.FailureThreshold), Number(standard.FailureThreshold));
        text.Pair("success_threshold", Number(target.SuccessThreshold), Number(standard.SuccessThreshold));
        text.Pair("follow_redirects", target.FollowRedirects, standard: false);
        text.Pair("max_redirects", target.MaxRedirects == 0 ? "" : Number(target.MaxRedirects), Number(standard.MaxRedirects));
        text.Pair("keep_cookies", target.KeepCookies, standard: false);
        text.Pair("proxy", target.Proxy);
        if (target.Proxy.Contains('@', StringComparison.Ordinal))
        {
            text.Secret($"proxy: {target.Proxy.Replace("@", ":...@", StringComparison.Ordinal)}", "where the target is new, fill in the password");
        }

        text.Pair("http_version", target.HttpVersion switch { HttpVersion._11 => "1.1", HttpVersion._2 => "2", _ => "" }, "1.1");
        text.Pair("ip_family", Word(target.IpFamily), "ANY");
        WriteTls(target.Tls, text);
        WriteAssertions(target, text);
        text.Pair("enabled", target.IsEnabled(), standard: true);
    }

    private static void WriteAddress(Target target, ConfigText text)
    {
        if (target.Catalog is not { } catalog)
        {
            text.Pair("url", target.Url);
            return;
        }

        text.Pair("service_type", catalog.ServiceType);
        text.Pair("region_name", catalog.RegionName);
        text.Pair("interface", catalog.Interface);
        text.Pair("path", target.Url);
    }

    private static void WriteRequest(Target target, ConfigText text)
    {
        var open = target.Headers.Where(header => !HeaderText.IsSecret(header.Name)).ToList();
        if (open.Count > 0)
        {
            text.Group("headers");
        }

        foreach (var header in open)
        {
            text.Item($"{header.Name}: {header.Value}");
        }

        foreach (var header in target.Headers.Except(open))
        {
            text.Secret(open.Count > 0 ? $"- \"{header.Name}: ...\"" : $"headers: [\"{header.Name}: ...\"]", "fill it in", open.Count > 0 ? 1 : 0);
        }

        if (target.QuerySecrets.Count > 0)
        {
            text.Secret($"query_secrets: {{{string.Join(", ", target.QuerySecrets.Select(parameter => $"{parameter.Name}: ..."))}}}", "fill it in");
        }

        text.Pair("content_type", target.ContentType);
        if (target.HasBody)
        {
            text.Secret("body: ...", "fill it in");
        }
    }

    private static void WriteAuthn(Target target, ConfigText text)
    {
        if (target.Authn is not (Authn.Unspecified or Authn.None))
        {
            text.Pair("authn", TargetWords.Of(target.Authn));
            text.Secret(
                "authn_params: ...",
                target.Authn switch
                {
                    Authn.Openstack => "fill it in, or name a cloud of clouds.yaml with 'cloud:'",
                    Authn.Oauth2 => "fill in token_url, client_id and client_secret",
                    _ => "fill in user and password",
                });
        }
    }

    private static void WriteTls(Tls? tls, ConfigText text)
    {
        if (tls is null || tls.Equals(new Tls()))
        {
            return;
        }

        text.Group("tls");
        text.Pair("skip_verify", tls.SkipVerify, standard: false, level: 1);
        text.Pair("server_name", tls.ServerName, level: 1);
        text.Pair("ca", tls.Ca, level: 1);
        text.Pair("client_certificate", tls.ClientCertificate, level: 1);
        if (tls.ClientCertificate.Length > 0)
        {
            text.Secret("client_key: ...", "fill it in, or name its file with client_key_file", level: 1);
        }
    }

    private static void WriteAssertions(Target target, ConfigText text)
    {
        if (target.Assertions.Count > 0)
        {
            text.Group("assertions");
        }

        foreach (var assertion in target.Assertions)
        {
            text.Item(assertion);
        }
    }

    private static string Word(IpFamily family) => family switch
    {
        IpFamily.Ipv4 => "IPV4",
        IpFamily.Ipv6 => "IPV6",
        IpFamily.PreferIpv4 => "PREFER_IPV4",
        IpFamily.PreferIpv6 => "PREFER_IPV6",
        _ => "ANY",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

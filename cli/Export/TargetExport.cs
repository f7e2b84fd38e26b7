using Google.Protobuf.Reflection;
using Skypunch.Admin.V1;
using Skypunch.Cli.Targets;
using Skypunch.ConfigFile.Fields;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Export;

/// <summary>Writes a target as an entry of a configuration file.</summary>
internal static class TargetExport
{
    private const string Order = "name catalog.service_type catalog.region_name catalog.interface url method headers query_secrets content_type body authn pass_result frequency timeout "
        + "retry_interval failure_threshold success_threshold follow_redirects max_redirects keep_cookies proxy http_version ip_family tls assertions enabled";

    private static readonly IReadOnlyList<TargetField> Fields = [.. TargetFields.InOrder(Order).Where(field => field.Key.Length > 0)];

    // What is more than a key and its value.
    private static readonly Dictionary<string, Action<Target, ConfigText>> Own = new()
    {
        ["url"] = (target, text) => text.Pair(target.Catalog is null ? "url" : "path", target.Url),
        ["labels"] = WriteLabels,
        ["headers"] = WriteHeaders,
        ["query_secrets"] = WriteQuery,
        ["body"] = WriteBody,
        ["authn"] = WriteAuthn,
        ["authn_params"] = (_, _) => { }, // with authn
        ["proxy"] = WriteProxy,
        ["tls"] = (target, text) => WriteTls(target.Tls, text),
        ["assertions"] = WriteAssertions,
        ["enabled"] = (target, text) => text.Pair("enabled", target.IsEnabled(), standard: true),
    };

    /// <summary>Writes the entry.</summary>
    /// <param name="target">The target.</param>
    /// <param name="standard">A target as the server makes it of a name and a URL.</param>
    /// <param name="text">The file.</param>
    public static void Write(Target target, Target standard, ConfigText text)
    {
        text.Entry();
        foreach (var field in Fields)
        {
            if (Own.GetValueOrDefault(field.Name) is { } own)
            {
                own(target, text);
            }
            else if (field.ValueOf(target) is bool flag)
            {
                text.Pair(field.Exported ?? field.Key, flag, standard: field.ValueOf(standard) is true);
            }
            else
            {
                // A duration always stands there: what is the default of one may depend on another.
                text.Pair(field.Exported ?? field.Key, field.TextOf(target), field.Type is FieldType.Message ? "" : field.TextOf(standard));
            }
        }
    }

    private static void WriteLabels(Target target, ConfigText text)
    {
        if (target.Labels.Count > 0)
        {
            text.Group("labels");
        }

        foreach (var (key, value) in target.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            text.Entry(key, value);
        }
    }

    private static void WriteHeaders(Target target, ConfigText text)
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
    }

    private static void WriteQuery(Target target, ConfigText text)
    {
        if (target.QuerySecrets.Count > 0)
        {
            text.Secret($"query_secrets: {{{string.Join(", ", target.QuerySecrets.Select(parameter => $"{parameter.Name}: ..."))}}}", "fill it in");
        }
    }

    private static void WriteBody(Target target, ConfigText text)
    {
        if (target.HasBody)
        {
            text.Secret("body: ...", "fill it in");
        }
    }

    private static void WriteAuthn(Target target, ConfigText text)
    {
        if (target.Authn is not (Authn.Unspecified or Authn.None))
        {
            text.Pair("authn", EnumWords.Of(target.Authn));
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

    private static void WriteProxy(Target target, ConfigText text)
    {
        text.Pair("proxy", target.Proxy);
        if (target.Proxy.Contains('@', StringComparison.Ordinal))
        {
            text.Secret($"proxy: {target.Proxy.Replace("@", ":...@", StringComparison.Ordinal)}", "where the target is new, fill in the password");
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
}

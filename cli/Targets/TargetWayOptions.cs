using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;

namespace Skypunch.Cli.Targets;

/// <summary>The options that say through what a probe goes to its target, and with what nobody is to see in its URL.</summary>
internal static class TargetWayOptions
{
    public static IReadOnlyList<RequestField<Target>> Create()
    {
        var proxy = Parsed.Text(
            "--proxy", "URL", "An HTTP proxy: http://[USER:PASSWORD@]HOST:PORT; '@FILE' reads it from a file, '-' from stdin; '' for none.");
        var query = Parsed.Texts(
            "--secret-query",
            "NAME=VALUE",
            "A parameter that is added to the URL's query and shown to nobody. May be given several times; 'NAME=@FILE' reads the value from a file, '@FILE' lines of them.");
        var keep = new Option<bool>("--keep-cookies") { Description = "Send the cookies that an answer sets where its redirects lead." };
        var doNotKeep = new Option<bool>("--no-keep-cookies") { Description = "Send none of them (the default)." };
        return
        [
            new("proxy", proxy, (s, t) => t.Proxy = s.TextOrFile(proxy, s.Given.GetValue(proxy)!).Trim()),
            new("query_secrets", query, (s, t) => t.QuerySecrets.Add(s.Given.GetValue(query)!.SelectMany(given => ParametersOf(s, query, given)))),
            new("keep_cookies", keep, (s, t) => t.KeepCookies = s.Given.GetValue(keep)),
            new("keep_cookies", doNotKeep, (s, t) => t.KeepCookies = !s.Given.GetValue(doNotKeep)),
        ];
    }

    private static IEnumerable<QueryParameter> ParametersOf(Session session, Option option, string given) => given is ['@', ..] or "-"
        ? session.TextOrFile(option, given).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => ParameterOf(line, value => value))
        : [ParameterOf(given, value => session.TextOrFile(option, value).TrimEnd('\r', '\n'))];

    // Not repeated in the error: it may be a secret.
    private static QueryParameter ParameterOf(string text, Func<string, string> read) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        ? new QueryParameter { Name = text[..equals].Trim(), Value = read(text[(equals + 1)..]) }
        : throw CliFault.Usage("--secret-query: must be NAME=VALUE, in quotes");
}

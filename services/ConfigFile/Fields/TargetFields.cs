using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using static Skypunch.Contracts.Texts.TargetLimits;
using Enum = System.Enum;

namespace Skypunch.ConfigFile.Fields;

/// <summary>
/// What the command line and configuration files know of the fields of a target, each told once. A field whose value is a text, a flag, a number, a word or a duration needs no more than
/// its line here; for the others each place has code of its own.
/// </summary>
public static class TargetFields
{
    /// <summary>All fields that a user writes, in the order in which the help tells them.</summary>
    public static IReadOnlyList<TargetField> All { get; } =
    [
        new("name", "NAME", "What it is called; unique."),
        new("url", "URL", "What is asked for: an http or https address; with --service-type a path.") { Alias = "path" },
        new("description", "TEXT", $"What people should know of it, in at most {LongestDescription} characters; told in lists, and with each failure and recovery.")
        {
            Label = "Description",
        },
        new("labels", "KEY=VALUE", $"What it belongs to, such as team=payments; may be given several times, for at most {LabelText.Most} labels.")
        {
            Option = "--label",
            Label = "Label",
        },
        new("group", "PATH", "Where it has its place, such as shop/payments.") { Label = "Group" },
        new("method", "METHOD", $"{DefaultMethod} (the default), HEAD, POST, PUT, PATCH, DELETE, OPTIONS, or any other but TRACE and CONNECT.") { Form = ProbeMethods.Of },
        new("authn", "KIND", "NONE (the default), BASIC, DIGEST, OPENSTACK or OAUTH2.") { Words = Boxed(EnumWords.Authns) },
        new("authn_params", "PARAMS", "user=NAME,password=SECRET; a value with a comma in double quotes."),
        new("pass_result", "CODES", $"The HTTP status codes that pass, such as {DefaultPassResult} (the default) or 200-299,304.")
        {
            Option = "--expect",
            Alias = "expect",
            Exported = "expect",
        },
        new("frequency", "TIME", $"The time between two probes, {Seconds(ShortestFrequency)} to {Seconds(LongestFrequency)}. Default: {Seconds(DefaultFrequency)}.")
        {
            Alias = "interval",
        },
        new(
            "timeout",
            "TIME",
            $"The time that a probe may take, {ShortestTimeoutMs}ms up to the frequency and {Seconds(LongestTimeout)}. Default: {Seconds(DefaultTimeout)}, or the frequency.")
        {
            IsFine = true,
        },
        new("failure_threshold", "N", $"Failures in a row that make it FAIL. Default: {DefaultThreshold}."),
        new("success_threshold", "N", $"Passes in a row that make it PASS again. Default: {DefaultThreshold}."),
        new("retry_interval", "TIME", "The time to the next probe after a failure that does not make it FAIL yet. 0 (the default): the frequency.")
        {
            Label = "Retry Interval (sec)",
        },
        new(
            "assertions",
            "'ASSERTION'",
            "What must hold beside the status; may be given several times: body [not] contains TEXT, body [not] matches REGEX, "
            + "json $.path == VALUE (also !=; with a number <, <=, >, >=), json $.path exists or absent, json $.path [not] matches REGEX, "
            + "json $.path length > 0, header NAME present or absent, header NAME [not] matches REGEX, latency < 500ms (or >), certificate > 14d. "
            + "Examples: 'json $.queue < 100', 'body not contains error'.")
        {
            Option = "--assert",
            Label = "Assertion",
        },
        new("headers", "'NAME: VALUE'", "A header of the request. May be given several times; '@FILE' reads them from a file, a line each, '-' from stdin.")
        {
            Option = "--header",
            Label = "Header",
        },
        new("body", "TEXT", "The body, for any method but HEAD; '@FILE' reads it from a file, '-' from stdin.") { Label = "Body" },
        new("content_type", "TYPE", "The type of the body. Default: application/json where it is JSON, else text/plain.") { Label = "Content Type" },
        new("follow_redirects", "", "Follow redirects.") { HelpOfNo = "Judge a redirect as the answer (the default).", Label = "Redirects Followed" },
        new("max_redirects", "N", $"The most redirects that are followed, 1 to {MostRedirects}. Default: {DefaultMaxRedirects}.") { Least = 1, Most = MostRedirects },
        new("http_version", "VERSION", "1.1 (the default) or 2. A probe does not fall back to the other.") { Words = Boxed(EnumWords.HttpVersions), Label = "HTTP Version" },
        new("ip_family", "FAMILY", "any (the default), ipv4, ipv6, prefer-ipv4 or prefer-ipv6.") { Words = Boxed(EnumWords.IpFamilies), Label = "IP Family" },
        new("proxy", "URL", "An HTTP proxy: http://[USER:PASSWORD@]HOST:PORT; '@FILE' reads it from a file, '-' from stdin; '' for none.") { Label = "Proxy" },
        new(
            "query_secrets",
            "NAME=VALUE",
            "A parameter that is added to the URL's query and shown to nobody. May be given several times; 'NAME=@FILE' reads the value from a file, '@FILE' lines of them.")
        {
            Option = "--secret-query",
            Label = "Secret Query",
        },
        new("keep_cookies", "", "When following redirects, send the cookies that answers have set.") { HelpOfNo = "Send no cookies (the default).", Label = "Cookies" },
        new("tls", "", "") { Option = "" },
        new("tls.skip_verify", "", "Accept any certificate; '--tls-skip-verify false' takes it back.") { Label = "TLS Verification" },
        new("tls.ca", "FILE", "PEM certificates of authorities to trust beside the system's; '' for none.") { Label = "TLS CA" },
        new("tls.client_certificate", "FILE", "The PEM certificate that the probe shows, with its chain; '' for none.") { Option = "--tls-cert", Label = "TLS Client Certificate" },
        new("tls.client_key", "FILE", "The PEM key of --tls-cert, not encrypted; '-' reads it from stdin.") { Option = "--tls-key" },
        new("tls.server_name", "NAME", "The name to ask for and to expect in the certificate. Default: the host of the URL.") { Label = "TLS Server Name" },
        new(
            "catalog.service_type",
            "TYPE",
            "A service of the OpenStack catalog, such as compute; the URL is then a path below it, or left out. Needs --authn OPENSTACK.")
        {
            Option = "--service-type",
            Key = "service_type",
        },
        new("catalog.region_name", "REGION", "The region of --service-type. Default: the only one, or any.") { Option = "--region-name", Key = "region_name", Label = "Region" },
        new("catalog.interface", "NAME", "The interface of --service-type: public (the default), internal or admin.")
        {
            Option = "--interface",
            Key = "interface",
            Label = "Interface",
        },
        new("enabled", "", "") { Option = "" },
    ];

    /// <summary>The field of a path.</summary>
    public static TargetField Of(string name) => All.Single(field => field.Name == name);

    /// <summary>All fields in another order: the named ones first, as given; each other one behind its predecessor in <see cref="All"/>.</summary>
    /// <param name="names">The paths of fields, with blanks between them.</param>
    public static IReadOnlyList<TargetField> InOrder(string names)
    {
        var fields = names.Split(' ').Select(Of).ToList();
        TargetField? before = null;
        foreach (var field in All)
        {
            if (!fields.Contains(field))
            {
                fields.Insert(before is null ? 0 : fields.IndexOf(before) + 1, field);
            }

            before = field;
        }

        return fields;
    }

    private static string Seconds(int seconds) => DurationText.InOneUnit(TimeSpan.FromSeconds(seconds));

    private static (string Word, Enum Value)[] Boxed<T>(IReadOnlyList<(string Word, T Value)> words)
        where T : struct, Enum
        => [.. words.Select(word => (word.Word, (Enum)word.Value))];
}

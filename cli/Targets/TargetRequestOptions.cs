using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;

namespace Skypunch.Cli.Targets;

/// <summary>The options that say what a probe sends, and how.</summary>
internal static class TargetRequestOptions
{
    public static IReadOnlyList<RequestField<Target>> Create()
    {
        var headers = Parsed.Texts(
            "--header",
            "'NAME: VALUE'",
            "A header of the request. May be given several times; '@FILE' reads them from a file, a line each, '-' from stdin.");
        headers.Aliases.Add("-H");
        var body = Parsed.Text(
            "--body", "TEXT", "The body, for any method but HEAD; '@FILE' reads it from a file, '-' from stdin.");
        var contentType = Parsed.Text(
            "--content-type", "TYPE", "The type of the body. Default: application/json where it is JSON, else text/plain.");
        var follow = new Option<bool>("--follow-redirects") { Description = "Ask again where a redirect points." };
        var doNotFollow = new Option<bool>("--no-follow-redirects") { Description = "Take a redirect as the answer (the default)." };
        var redirects = Parsed.Number("--max-redirects", "The most redirects that are followed, 1 to 20. Default: 5.", 1, 20);
        var version = Parsed.Choice(
            "--http-version",
            "VERSION",
            "1.1 (the default) or 2. A probe does not fall back to the other.",
            ("1.1", HttpVersion._11), ("2", HttpVersion._2));
        var family = Parsed.Choice(
            "--ip-family",
            "FAMILY",
            "any (the default), ipv4, ipv6, prefer-ipv4 or prefer-ipv6.",
            ("any", IpFamily.Any),
            ("ipv4", IpFamily.Ipv4),
            ("ipv6", IpFamily.Ipv6),
            ("prefer-ipv4", IpFamily.PreferIpv4),
            ("prefer-ipv6", IpFamily.PreferIpv6));
        return
        [
            new("headers", headers, (s, t) => t.Headers.Add(HeadersOf(s, headers))),
            new("body", body, (s, t) => t.Body = s.TextOrFile(body, s.Given.GetValue(body)!)),
            new("content_type", contentType, (s, t) => t.ContentType = s.Given.GetValue(contentType)!),
            new("follow_redirects", follow, (s, t) => t.FollowRedirects = s.Given.GetValue(follow)),
            new("follow_redirects", doNotFollow, (s, t) => t.FollowRedirects = !s.Given.GetValue(doNotFollow)),
            new("max_redirects", redirects, (s, t) => t.MaxRedirects = s.Given.GetValue(redirects)),
            new("http_version", version, (s, t) => t.HttpVersion = s.Given.GetValue(version)),
            new("ip_family", family, (s, t) => t.IpFamily = s.Given.GetValue(family)),
        ];
    }

    private static IEnumerable<Header> HeadersOf(Session session, Option<string[]> option) => session.Given.GetValue(option)!
        .SelectMany(given => session.TextOrFile(option, given).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Select(HeaderOf);

    // Not repeated in the error: it may be a secret.
    private static Header HeaderOf(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        ? new Header { Name = text[..colon].Trim(), Value = text[(colon + 1)..].Trim() }
        : throw CliFault.Usage("--header: must be 'Name: value', in quotes");
}

using System.Net.Http.Headers;
using System.Text;
using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.AdminApi;
using static Skypunch.Contracts.Texts.TargetLimits;

namespace Skypunch.Scheduler.Targets;

/// <summary>What the request of a target's probe may say, and how. Pure; one line a rule.</summary>
internal static class RequestRules
{
    public static void Check(Admin.V1.Target target, FieldViolations faults)
    {
        CheckHeaders(target, faults);
        faults.Require(Encoding.UTF8.GetByteCount(target.Body) <= LargestBody, "target.body", $"must not take more than {LargestBody} bytes");
        faults.Require(
            target.Body.Length == 0 || ProbeMethods.MayHaveBody(target.Method),
            "target.body",
            $"is given, but {target.Method} has none: choose another method, such as POST, or give an empty body");
        faults.Require(
            target.ContentType.Length == 0 || IsMediaType(target.ContentType),
            "target.content_type",
            $"must be a media type of at most {LongestContentType} characters, such as application/json");
        faults.Require(target.MaxRedirects is >= 1 and <= MostRedirects, "target.max_redirects", $"must be from 1 to {MostRedirects}");
        faults.Require(Enum.IsDefined(target.HttpVersion), "target.http_version", "must be HTTP/1.1 or HTTP/2");
        faults.Require(Enum.IsDefined(target.IpFamily), "target.ip_family", "must be ANY, IPV4, IPV6, PREFER_IPV4 or PREFER_IPV6");
        CheckTls(target, faults);
        CheckQuery(target, faults);
        if (target.Proxy.Length > 0 && ProxyUrl.Read(target.Proxy, out _) is { } fault)
        {
            faults.Add("target.proxy", fault);
        }
    }

    private static void CheckQuery(Admin.V1.Target target, FieldViolations faults)
    {
        const string Field = "target.query_secrets";
        if (QueryText.Fault(RequestMapping.Pairs(target.QuerySecrets)) is { } fault)
        {
            faults.Add(Field, fault);
        }
        else if (target.QuerySecrets.FirstOrDefault(parameter => parameter.Value.Length == 0) is { } empty)
        {
            faults.Add(Field, $"has no value for {empty.Name}: it is a secret, which is not shown, and none is stored to be kept");
        }
        else if (target.QuerySecrets.FirstOrDefault(parameter => QueryText.NamesIn(target.Url).Contains(parameter.Name)) is { } twice)
        {
            faults.Add(Field, $"has {twice.Name}, which stands in the url, too: take it out of there");
        }
    }

    private static void CheckHeaders(Admin.V1.Target target, FieldViolations faults)
    {
        const string Field = "target.headers";
        if (HeaderText.Fault(RequestMapping.Pairs(target.Headers)) is { } fault)
        {
            faults.Add(Field, fault);
        }
        else if (target.Headers.FirstOrDefault(header => header.Value.Length == 0 && HeaderText.IsSecret(header.Name)) is { } empty)
        {
            faults.Add(Field, $"has no value for {empty.Name}: it is a secret, which is not shown, and none is stored to be kept");
        }
    }

    private static void CheckTls(Admin.V1.Target target, FieldViolations faults)
    {
        var parameters = RequestMapping.Parameters(target.Tls);
        if (parameters.FirstOrDefault(parameter => parameter.Value.Length > LongestPem) is { Key: { } tooLong })
        {
            faults.Add($"target.tls.{tooLong}", $"must have at most {LongestPem} characters");
            return;
        }

        foreach (var (parameter, words) in TlsParameters.Faults(parameters))
        {
            faults.Add($"target.tls.{parameter}", words);
        }
    }

    private static bool IsMediaType(string text)
        => text.Length <= LongestContentType && text.All(c => c is >= ' ' and <= '~') && MediaTypeHeaderValue.TryParse(text, out _);
}

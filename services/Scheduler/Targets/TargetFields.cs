using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Secrets;
using ProtoCatalog = Skypunch.Admin.V1.CatalogService;

namespace Skypunch.Scheduler.Targets;

/// <summary>The fields of a target that a caller may write, and how each is written into the row.</summary>
internal static class TargetFields
{
    private static readonly Dictionary<string, Action<Admin.V1.Target, Target, SecretBox>> Columns = new()
    {
        ["name"] = (from, to, _) => to.Name = from.Name,
        ["url"] = (from, to, _) => to.Url = from.Url,
        ["method"] = (from, to, _) => to.Method = from.Method,
        ["authn"] = (from, to, _) => to.Authn = TargetWords.Of(from.Authn),
        ["authn_params"] = (from, to, secrets) => to.AuthnParms = secrets.SealAgain(TargetSecrets.PlaceOf(to.Id, SecretNames.Authn), from.AuthnParams, to.AuthnParms),
        ["pass_result"] = (from, to, _) => to.PassResult = from.PassResult,
        ["frequency"] = (from, to, _) => to.Frequency = (int)from.Frequency.Seconds,
        ["timeout"] = (from, to, _) => TargetTimeout.Write(to, from.Timeout.ToTimeSpan()),
        ["retry_interval"] = (from, to, _) => to.RetryInterval = (int?)from.RetryInterval?.Seconds,
        ["enabled"] = (from, to, _) => to.Enabled = from.Enabled,
        ["failure_threshold"] = (from, to, _) => to.FailureThreshold = from.FailureThreshold,
        ["success_threshold"] = (from, to, _) => to.SuccessThreshold = from.SuccessThreshold,
        ["headers"] = (from, to, secrets) => to.Headers = secrets.SealAgain(
            TargetSecrets.PlaceOf(to.Id, SecretNames.Headers), RequestMapping.WriteHeaders(from.Headers), to.Headers),
        ["body"] = (from, to, secrets) => to.Body = secrets.SealAgain(TargetSecrets.PlaceOf(to.Id, SecretNames.Body), from.Body, to.Body),
        ["content_type"] = (from, to, _) => to.ContentType = NullIfEmpty(from.ContentType),
        ["follow_redirects"] = (from, to, _) => to.FollowRedirects = from.FollowRedirects,
        ["max_redirects"] = (from, to, _) => to.MaxRedirects = from.MaxRedirects,
        ["http_version"] = (from, to, _) => to.HttpVersion = TargetWords.Of(from.HttpVersion),
        ["ip_family"] = (from, to, _) => to.IpFamily = TargetWords.Of(from.IpFamily),
        ["tls"] = (from, to, secrets) => to.TlsParms = secrets.SealAgain(
            TargetSecrets.PlaceOf(to.Id, SecretNames.Tls), ParameterText.Format(RequestMapping.Parameters(from.Tls)), to.TlsParms),
        ["proxy"] = (from, to, secrets) => to.Proxy = secrets.SealAgain(TargetSecrets.PlaceOf(to.Id, SecretNames.Proxy), from.Proxy, to.Proxy),
        ["query_secrets"] = (from, to, secrets) => to.QuerySecrets = secrets.SealAgain(
            TargetSecrets.PlaceOf(to.Id, SecretNames.QuerySecrets), RequestMapping.WriteQuery(from.QuerySecrets), to.QuerySecrets),
        ["keep_cookies"] = (from, to, _) => to.KeepCookies = from.KeepCookies,
        ["assertions"] = (from, to, _) => to.Assertions = NullIfEmpty(string.Join('\n', from.Assertions.Select(assertion => assertion.Trim()))),
        ["catalog"] = (from, to, _) =>
        {
            to.ServiceType = NullIfEmpty(from.Catalog?.ServiceType);
            to.RegionName = NullIfEmpty(from.Catalog?.RegionName);
            to.Interface = NullIfEmpty(from.Catalog?.Interface);
        },
    };

    // Sealed for their row, whose id must be known.
    private static readonly string[] Sealed = ["authn_params", "headers", "body", "tls", "proxy", "query_secrets"];

    /// <summary>The paths that a mask may have: every field, and the fields of those that are messages of ours.</summary>
    public static readonly IReadOnlyList<string> Writable =
    [
        .. Columns.Keys,
        .. Tls.Descriptor.Fields.InFieldNumberOrder().Select(field => $"tls.{field.Name}"),
        .. ProtoCatalog.Descriptor.Fields.InFieldNumberOrder().Select(field => $"catalog.{field.Name}"),
    ];

    /// <summary>Writes all fields but those that are sealed: for a row that has no id yet.</summary>
    public static void WritePlain(Admin.V1.Target from, Target to, SecretBox secrets) => Write(from, to, Columns.Keys.Except(Sealed), secrets);

    /// <summary>Writes the fields that are sealed.</summary>
    public static void WriteSealed(Admin.V1.Target from, Target to, SecretBox secrets) => Write(from, to, Sealed, secrets);

    /// <summary>Writes the named fields, and leaves the others as a hand may have written them.</summary>
    public static void Write(Admin.V1.Target from, Target to, IEnumerable<string> fields, SecretBox secrets)
    {
        foreach (var field in fields)
        {
            Columns[field](from, to, secrets);
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

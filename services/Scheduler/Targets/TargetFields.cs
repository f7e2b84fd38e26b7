using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.Secrets;
using static Skypunch.Contracts.Texts.TargetLimits;
using Api = Skypunch.Admin.V1.Target;
using ProtoCatalog = Skypunch.Admin.V1.CatalogService;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.Scheduler.Targets;

/// <summary>The fields of a target that a caller may write, each told once: its columns, its default, and what of it nobody is shown.</summary>
internal static class TargetFields
{
    /// <summary>All of them; the default of a field may depend on those before it.</summary>
    public static readonly IReadOnlyList<TargetField> All =
    [
        new("name", (row, to) => to.Name = row.Name, (from, row) => row.Name = from.Name),
        new("url", (row, to) => to.Url = row.Url, (from, row) => row.Url = from.Url),
        new("description", (row, to) => to.Description = row.Description ?? "", (from, row) => row.Description = RequestMapping.NullIfEmpty(from.Description))
        {
            Default = t => t.Description = t.Description.ReplaceLineEndings("\n").Trim(),
        },
        new("labels", (row, to) => to.Labels.Add(row.Labels.ToDictionary(label => label.Name, label => label.Value)), (from, row) => RequestMapping.WriteLabels(from.Labels, row.Labels)),
        new("group", (row, to) => to.Group = row.GroupPath ?? "", (from, row) => row.GroupPath = RequestMapping.NullIfEmpty(from.Group)) { Default = t => t.Group = t.Group.Trim() },
        new("method", (row, to) => to.Method = row.Method, (from, row) => row.Method = from.Method)
        {
            Default = t => t.Method = t.Method.Length == 0 ? DefaultMethod : ProbeMethods.Of(t.Method),
        },
        new("authn", (row, to) => to.Authn = TargetWords.ReadAuthn(row.Authn), (from, row) => row.Authn = TargetWords.Of(from.Authn))
        {
            Default = t => t.Authn = t.Authn is Authn.Unspecified ? Authn.None : t.Authn,
        },
        TargetField.Sealed("authn_params", SecretNames.Authn, row => row.AuthnParms, (row, sealedText) => row.AuthnParms = sealedText, (_, _) => { }, from => from.AuthnParams),
        new("pass_result", (row, to) => to.PassResult = row.PassResult, (from, row) => row.PassResult = from.PassResult)
        {
            Default = t => t.PassResult = t.PassResult.Length == 0 ? DefaultPassResult : t.PassResult,
        },
        new("frequency", (row, to) => to.Frequency = new Duration { Seconds = row.Frequency }, (from, row) => row.Frequency = (int)from.Frequency.Seconds)
        {
            Default = t => t.Frequency ??= new Duration { Seconds = DefaultFrequency },
        },
        new("timeout", (row, to) => to.Timeout = Duration.FromTimeSpan(TargetTimeout.Stored(row)), (from, row) => TargetTimeout.Write(row, from.Timeout.ToTimeSpan()))
        {
            Default = t => t.Timeout ??= new Duration { Seconds = Math.Min(DefaultTimeout, Math.Max(1, t.Frequency.Seconds)) },
        },
        new(
            "retry_interval",
            (row, to) => to.RetryInterval = row.RetryInterval is { } seconds ? new Duration { Seconds = seconds } : null,
            (from, row) => row.RetryInterval = (int?)from.RetryInterval?.Seconds),
        new("enabled", (row, to) => to.Enabled = row.Enabled, (from, row) => row.Enabled = from.Enabled) { Default = t => t.Enabled = !t.HasEnabled || t.Enabled },
        new("failure_threshold", (row, to) => to.FailureThreshold = row.FailureThreshold, (from, row) => row.FailureThreshold = from.FailureThreshold)
        {
            Default = t => t.FailureThreshold = t.FailureThreshold == 0 ? DefaultThreshold : t.FailureThreshold,
        },
        new("success_threshold", (row, to) => to.SuccessThreshold = row.SuccessThreshold, (from, row) => row.SuccessThreshold = from.SuccessThreshold)
        {
            Default = t => t.SuccessThreshold = t.SuccessThreshold == 0 ? DefaultThreshold : t.SuccessThreshold,
        },
        TargetField.Sealed(
            "headers",
            SecretNames.Headers,
            row => row.Headers,
            (row, sealedText) => row.Headers = sealedText,
            (text, to) => to.Headers.Add(RequestMapping.ReadHeaders(text)),
            from => RequestMapping.WriteHeaders(from.Headers)) with
        {
            Hide = RequestMapping.HideHeaders,
        },
        TargetField.Sealed(
            "body",
            SecretNames.Body,
            row => row.Body,
            (row, sealedText) => row.Body = sealedText,
            (text, to) => to.Body = text,
            from => from.Body) with
        {
            Hide = t => t.Body = "",
        },
        new("content_type", (row, to) => to.ContentType = row.ContentType ?? "", (from, row) => row.ContentType = RequestMapping.NullIfEmpty(from.ContentType)),
        new("follow_redirects", (row, to) => to.FollowRedirects = row.FollowRedirects, (from, row) => row.FollowRedirects = from.FollowRedirects),
        new("max_redirects", (row, to) => to.MaxRedirects = row.MaxRedirects, (from, row) => row.MaxRedirects = from.MaxRedirects)
        {
            Default = t => t.MaxRedirects = t.MaxRedirects == 0 ? DefaultMaxRedirects : t.MaxRedirects,
        },
        new("http_version", (row, to) => to.HttpVersion = TargetWords.ReadHttpVersion(row.HttpVersion), (from, row) => row.HttpVersion = TargetWords.Of(from.HttpVersion))
        {
            Default = t => t.HttpVersion = t.HttpVersion is HttpVersion.Unspecified ? HttpVersion._11 : t.HttpVersion,
        },
        new("ip_family", (row, to) => to.IpFamily = TargetWords.ReadIpFamily(row.IpFamily), (from, row) => row.IpFamily = TargetWords.Of(from.IpFamily))
        {
            Default = t => t.IpFamily = t.IpFamily is IpFamily.Unspecified ? IpFamily.Any : t.IpFamily,
        },
        TargetField.Sealed(
            "tls",
            SecretNames.Tls,
            row => row.TlsParms,
            (row, sealedText) => row.TlsParms = sealedText,
            (text, to) => to.Tls = RequestMapping.ReadTls(text),
            from => ParameterText.Format(RequestMapping.Parameters(from.Tls))) with
        {
            Hide = RequestMapping.HideClientKey,
        },
        TargetField.Sealed("proxy", SecretNames.Proxy, row => row.Proxy, (row, sealedText) => row.Proxy = sealedText, (text, to) => to.Proxy = text, from => from.Proxy) with
        {
            Hide = t => t.Proxy = RequestMapping.ShownProxy(t.Proxy),
        },
        TargetField.Sealed(
            "query_secrets",
            SecretNames.QuerySecrets,
            row => row.QuerySecrets,
            (row, sealedText) => row.QuerySecrets = sealedText,
            (text, to) => to.QuerySecrets.Add(RequestMapping.ReadQuery(text)),
            from => RequestMapping.WriteQuery(from.QuerySecrets)) with
        {
            Hide = RequestMapping.HideQueryValues,
        },
        new("keep_cookies", (row, to) => to.KeepCookies = row.KeepCookies, (from, row) => row.KeepCookies = from.KeepCookies),
        new(
            "assertions",
            (row, to) => to.Assertions.Add(RequestMapping.ReadAssertions(row.Assertions)),
            (from, row) => row.Assertions = RequestMapping.NullIfEmpty(RequestMapping.WriteAssertions(from.Assertions))),
        new("catalog", (row, to) => to.Catalog = RequestMapping.ReadCatalog(row), (from, row) => RequestMapping.WriteCatalog(from.Catalog, row)),
    ];

    /// <summary>The paths that a mask may have: every field, and the fields of those that are messages of ours.</summary>
    public static readonly IReadOnlyList<string> Writable =
    [
        .. All.Select(field => field.Name),
        .. Tls.Descriptor.Fields.InFieldNumberOrder().Select(field => $"tls.{field.Name}"),
        .. ProtoCatalog.Descriptor.Fields.InFieldNumberOrder().Select(field => $"catalog.{field.Name}"),
    ];

    /// <summary>Writes all fields but those that are sealed: for a row that has no id yet.</summary>
    public static void WritePlain(Api from, Target to, SecretBox secrets) => Write(from, to, All.Where(field => !field.IsSealed), secrets);

    /// <summary>Writes the fields that are sealed.</summary>
    public static void WriteSealed(Api from, Target to, SecretBox secrets) => Write(from, to, All.Where(field => field.IsSealed), secrets);

    /// <summary>Writes the named fields, and leaves the others as a hand may have written them.</summary>
    public static void Write(Api from, Target to, IReadOnlySet<string> names, SecretBox secrets) => Write(from, to, All.Where(field => names.Contains(field.Name)), secrets);

    private static void Write(Api from, Target to, IEnumerable<TargetField> fields, SecretBox secrets)
    {
        foreach (var field in fields)
        {
            field.Write(from, to, secrets);
        }
    }
}

using System.Text.Json.Serialization;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary>A target for programs. Without its secrets: the server does not give them.</summary>
internal sealed record TargetJson(
    long Id,
    string Name,
    string Url,
    string Method,
    string Authn,
    string PassResult,
    long FrequencySeconds,
    decimal TimeoutSeconds,
    int FailureThreshold,
    int SuccessThreshold,
    bool Enabled,
    string? Status,
    string StatusDescription,
    string? Reason,
    string? PreviousStatus,
    DateTime? LastUpdateTime,
    DateTime? NextProbeTime,
    long PassCount,
    long FailCount,
    [property: JsonPropertyName("count_200")] long Count200,
    [property: JsonPropertyName("count_300")] long Count300,
    [property: JsonPropertyName("count_400")] long Count400,
    [property: JsonPropertyName("count_500")] long Count500,
    long NetworkFailCount,
    long RepeatedFailCount,
    long MissedCount,
    IReadOnlyList<HeaderJson> Headers,
    string? ContentType,
    bool FollowRedirects,
    int MaxRedirects,
    string HttpVersion,
    string IpFamily,
    TlsJson? Tls,
    IReadOnlyList<string> Assertions,
    long? RetryIntervalSeconds,
    CatalogServiceJson? Catalog,
    string? Advice,
    bool HasBody,
    string? Proxy,
    bool KeepCookies,
    IReadOnlyList<string> QuerySecrets)
{
    public static TargetJson Of(Target target)
    {
        var state = target.State ?? new TargetState();
        return new(
            target.Id,
            target.Name,
            target.Url,
            target.Method,
            TargetWords.Of(target.Authn),
            target.PassResult,
            target.Frequency?.Seconds ?? 0,
            TargetWords.Seconds(target.Timeout),
            target.FailureThreshold,
            target.SuccessThreshold,
            target.IsEnabled(),
            NullIfEmpty(TargetWords.Of(state.Status)),
            state.StatusDescription,
            NullIfEmpty(state.Reason),
            NullIfEmpty(TargetWords.Of(state.PreviousStatus)),
            Times.Utc(state.LastUpdateTime),
            Times.Utc(state.NextProbeTime),
            state.PassCount,
            state.FailCount,
            state.Count200,
            state.Count300,
            state.Count400,
            state.Count500,
            state.NetworkFailCount,
            state.RepeatedFailCount,
            state.MissedCount,
            [.. target.Headers.Select(h => new HeaderJson(h.Name, NullIfEmpty(h.Value)))],
            NullIfEmpty(target.ContentType),
            target.FollowRedirects,
            target.MaxRedirects,
            TargetWords.Of(target.HttpVersion),
            TargetWords.Of(target.IpFamily),
            TlsJson.Of(target.Tls),
            [.. target.Assertions],
            target.RetryInterval?.Seconds,
            CatalogServiceJson.Of(target.Catalog),
            NullIfEmpty(state.Advice),
            target.HasBody,
            NullIfEmpty(target.Proxy),
            target.KeepCookies,
            [.. target.QuerySecrets.Select(parameter => parameter.Name)]);
    }

    internal static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}

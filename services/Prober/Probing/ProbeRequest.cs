using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>
/// A job whose stored values were found to be valid. A row edited by hand in SQL may hold anything: its faults are failures of its target.
/// </summary>
internal sealed record ProbeRequest
{
    /// <summary>The URL to probe; with <see cref="Catalog"/> it is not known before the login.</summary>
    public required Uri Url { get; init; }

    public required HttpMethod Method { get; init; }

    public required string Authn { get; init; }

    public required ExpectedStatus Expected { get; init; }

    /// <summary>The text of <see cref="Expected"/>.</summary>
    public required string PassResult { get; init; }

    public required TimeSpan Timeout { get; init; }

    public CatalogService? Catalog { get; init; }

    public int MaxRedirects { get; init; }

    public bool IsHttp2 { get; init; }

    public string IpFamily { get; init; } = IpFamilies.Any;

    public IReadOnlyList<Assertion> Assertions { get; init; } = [];

    /// <summary>Whether an assertion needs the time to the last byte of the body.</summary>
    public bool JudgesTime => Assertions.Any(assertion => assertion is Latency);

    /// <summary>Whether an assertion needs the body.</summary>
    public bool JudgesBody => Assertions.Any(assertion => assertion.NeedsBody);

    /// <summary>Checks the stored values. All that is wrong is named at once, each with its remedy.</summary>
    public static bool TryPrepare(
        ProbeJob job,
        [NotNullWhen(true)] out ProbeRequest? request,
        [NotNullWhen(false)] out ProbeFailure? failure)
    {
        var urlFault = TargetUrl.Check(job, out var url);
        var method = ProbeMethods.Of(job.Method);
        var authn = AuthnParameters.All.FirstOrDefault(a => Same(a, job.Authn));
        var family = IpFamilies.All.FirstOrDefault(f => Same(f, job.IpFamily ?? IpFamilies.Any));
        var version = HttpVersions.All.FirstOrDefault(v => Same(v, job.HttpVersion ?? HttpVersions.Http11));
        IReadOnlyList<Assertion>? assertions = [];
        string? assertionFault = null;
        if (job.Assertions is { } text && !AssertionText.TryParse(text, out assertions, out var error))
        {
            assertionFault = $"assertions {error}";
        }

        var faults = new[]
        {
            urlFault,
            ProbeMethods.Fault(method) is { } methodFault ? $"method {Words.Quote(job.Method)} {methodFault}" : null,
            authn is null ? $"authn {Words.Quote(job.Authn)} must be NONE, BASIC, OPENSTACK, OAUTH2 or DIGEST" : null,
            job.Catalog is not null && authn is not (null or AuthnParameters.OpenStack) ? "service_type needs authn OPENSTACK" : null,
            ExpectedStatus.TryParse(job.PassResult, out var expected)
                ? null
                : $"pass_result {Words.Quote(job.PassResult)} must be a status code such as 200, or codes and ranges such as 200-299,304",
            job.Timeout > TimeSpan.Zero && job.Timeout <= TimeSpan.FromSeconds(TargetLimits.LongestTimeout)
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"timeout {job.Timeout.TotalSeconds:0.###} s must be from 0.1 s to {TargetLimits.LongestTimeout} s"),
            version is null ? $"http_version {Words.Quote(job.HttpVersion)} must be {string.Join(" or ", HttpVersions.All)}" : null,
            family is null ? $"ip_family {Words.Quote(job.IpFamily)} must be one of {string.Join(", ", IpFamilies.All)}" : null,
            assertionFault,
        };
        var found = string.Join("; ", faults.Where(fault => fault is not null));
        failure = found.Length == 0 ? null : new ProbeFailure(ProbeReasons.TargetInvalid, found);
        request = failure is not null ? null : new ProbeRequest
        {
            Url = url!,
            Method = new HttpMethod(method),
            Authn = authn!,
            Expected = expected!,
            PassResult = job.PassResult,
            Timeout = job.Timeout,
            Catalog = job.Catalog,
            MaxRedirects = Math.Clamp(job.MaxRedirects, 0, TargetLimits.MostRedirects),
            IsHttp2 = version == HttpVersions.Http2,
            IpFamily = family!,
            Assertions = assertions!,
        };
        return request is not null;
    }

    private static bool Same(string known, string? stored) => string.Equals(known, stored?.Trim(), StringComparison.OrdinalIgnoreCase);
}

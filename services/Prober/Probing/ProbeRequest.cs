using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Skypunch.Contracts;

namespace Skypunch.Prober.Probing;

/// <summary>
/// A job whose stored values were found to be valid. A row written by hand may hold anything: what is wrong with it is a failure of its
/// target.
/// </summary>
internal sealed record ProbeRequest(Uri Url, HttpMethod Method, string Authn, ExpectedStatus Expected, string PassResult, TimeSpan Timeout)
{
    /// <summary>The longest timeout of a probe.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(5);

    // Where a service of the catalog is turns out with the token.
    private static readonly Uri UnknownYet = new("http://catalog.invalid");

    private const int LongestHost = 253; // as DNS has it

    private static readonly HttpMethod[] Methods =
        [HttpMethod.Get, HttpMethod.Put, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Head, HttpMethod.Patch];

    private static readonly string[] Authns = [AuthnParameters.None, AuthnParameters.Basic, AuthnParameters.OpenStack];

    /// <summary>Checks the stored values. All that is wrong is named at once, each with its remedy.</summary>
    public static bool TryPrepare(
        ProbeJob job,
        [NotNullWhen(true)] out ProbeRequest? request,
        [NotNullWhen(false)] out ProbeFailure? failure)
    {
        Uri? url = UnknownYet;
        var urlFault = job.Catalog is null ? CheckUrl(job.Url, out url) : null;
        var method = Array.Find(Methods, m => string.Equals(m.Method, job.Method?.Trim(), StringComparison.OrdinalIgnoreCase));
        var authn = Array.Find(Authns, a => string.Equals(a, job.Authn?.Trim(), StringComparison.OrdinalIgnoreCase));
        var faults = new[]
        {
            urlFault,
            method is null ? $"method {Words.Quote(job.Method)} must be GET, PUT, POST, DELETE, HEAD or PATCH" : null,
            authn is null ? $"authn {Words.Quote(job.Authn)} must be NONE, BASIC or OPENSTACK" : null,
            ExpectedStatus.TryParse(job.PassResult, out var expected)
                ? null
                : $"pass_result {Words.Quote(job.PassResult)} must be a status code such as 200, or codes and ranges such as 200-299,304",
            job.Timeout > TimeSpan.Zero && job.Timeout <= LongestTimeout
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"timeout {job.Timeout.TotalSeconds:0.###} s must be from 1 s to 300 s"),
        };
        var found = string.Join("; ", faults.Where(fault => fault is not null));
        failure = found.Length == 0 ? null : new ProbeFailure(ProbeReasons.TargetInvalid, found);
        request = failure is null ? new ProbeRequest(url!, method!, authn!, expected!, job.PassResult, job.Timeout) : null;
        return request is not null;
    }

    private static string? CheckUrl(string? text, out Uri? url)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("http" or "https") || url.IdnHost.Length == 0)
        {
            return $"url {Words.Quote(SafeUrl.Of(text))} must be a URL that begins with http:// or https://";
        }

        return url switch
        {
            { UserInfo.Length: > 0 } => "url must be without a user and password in it; use authn BASIC",
            { IdnHost.Length: > LongestHost } => "url has a host name that is longer than 253 characters; correct it",
            { Port: 0 } => $"url {Words.Quote(text)} has port 0; use a port from 1 to 65535",
            _ => null,
        };
    }
}

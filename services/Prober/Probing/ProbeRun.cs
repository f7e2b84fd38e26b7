using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Http;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>A probe that is under way. Not a record: its text would show the parts.</summary>
internal sealed class ProbeRun(ProbeJob job, ProbeRequest request, OpenedParts parts, ProbeTrace trace, SecretMask mask)
{
    public ProbeJob Job => job;

    public ProbeRequest Request => request;

    public ProbeTrace Trace => trace;

    public SecretMask Mask => mask;

    /// <summary>The URL that is probed; for a service of the catalog it is known after the login.</summary>
    public Uri Url { get; private set; } = request.Catalog is null && parts.Query.Length > 0 && WebUrl.Read(Address(job, parts), out var url) is UrlFault.None ? url! : request.Url;

    /// <summary>The proxy; null: the probe goes directly.</summary>
    public HttpProxy? Proxy => parts.Proxy;

    /// <summary>
    /// The proxy that forwards the request, so that an answer may be the proxy's own; null: the proxy opens a tunnel, or there is none.
    /// </summary>
    public HttpProxy? ForwardingProxy => Url.Scheme == Uri.UriSchemeHttp && !request.IsHttp2 ? parts.Proxy : null;

    /// <summary>Sets the endpoint that the login has found in the catalog.</summary>
    public void FoundAt(Uri endpoint) => Url = CatalogUrl.Of(endpoint, Address(job, parts));

    /// <summary>A jar for the cookies of one request and its redirects; null: cookies are ignored.</summary>
    public CookieJar? NewJar() => job.KeepsCookies ? new CookieJar(mask.Add) : null;

    /// <summary>The target's own request.</summary>
    public HttpHop FirstHop(Credentials credentials) => new()
    {
        Url = Url,
        IsOfTarget = true,
        Method = request.Method,
        Headers = [.. parts.Headers, .. credentials.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
        Body = parts.Body,
        ContentType = parts.ContentType,
        IsHttp2 = request.IsHttp2,
        IpFamily = request.IpFamily,
        Proxy = parts.Proxy,
        Tls = parts.Tls,
        WishOfBody = WishOfBody,
    };

    // The job's URL or path with the secret part of its query.
    private static string Address(ProbeJob job, OpenedParts parts) => parts.Query.Length == 0 ? job.Url : QueryText.Append(job.Url.Trim(), parts.Query);

    private BodyWish WishOfBody(Answer answer) => new(
        answer switch
        {
            _ when request.MaxRedirects > 0 && Redirect.Leads(answer) => BodyUse.None,
            _ when !request.Expected.Accepts(answer.Status) => BodyUse.Excerpt,
            _ when request.JudgesBody => BodyUse.All,
            _ when request.JudgesTime => BodyUse.Time,
            _ when request.Assertions.Count > 0 => BodyUse.Excerpt,
            _ => BodyUse.Glance,
        },
        Patience);

    // A body that nobody judges must not use up the time that the rest of the probe needs.
    private TimeSpan Patience()
    {
        var left = (request.Timeout - trace.Elapsed) / 2;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < BodyReader.GlanceTime ? left : BodyReader.GlanceTime;
    }
}

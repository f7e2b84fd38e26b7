using Skypunch.Contracts;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Http;
using Skypunch.Prober.Keystone;

namespace Skypunch.Prober.Probing;

/// <summary>One probe that is under way. Not a record: its text must not show the parts.</summary>
internal sealed class ProbeRun(ProbeJob job, ProbeRequest request, RequestParts parts, ProbeTrace trace, SecretMask mask)
{
    public ProbeJob Job => job;

    public ProbeRequest Request => request;

    public ProbeTrace Trace => trace;

    public SecretMask Mask => mask;

    /// <summary>What is asked for; for a service of a catalog known after the login.</summary>
    public Uri Url { get; private set; } = request.Catalog is null && parts.Query.Length > 0 && WebUrl.Read(Address(job, parts), out var url) is UrlFault.None ? url! : request.Url;

    /// <summary>The proxy; null: the probe goes directly.</summary>
    public HttpProxy? Proxy => parts.Proxy;

    /// <summary>The proxy that passes the request on itself, so that an answer may be its own; null: it opens a tunnel, or there is none.</summary>
    public HttpProxy? PassedOnBy => Url.Scheme == Uri.UriSchemeHttp && !request.IsHttp2 ? parts.Proxy : null;

    /// <summary>The login has told where the service of the catalog is.</summary>
    public void FoundAt(Uri endpoint) => Url = CatalogUrl.Of(endpoint, Address(job, parts));

    /// <summary>For the cookies of the redirects of one request; null: they are left.</summary>
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

    // What the job says, with the secret part of its query.
    private static string Address(ProbeJob job, RequestParts parts) => parts.Query.Length == 0 ? job.Url : QueryText.Append(job.Url.Trim(), parts.Query);

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

    // What nobody judges must not use up the time of what is judged.
    private TimeSpan Patience()
    {
        var left = (request.Timeout - trace.Elapsed) / 2;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < BodyReader.GlanceTime ? left : BodyReader.GlanceTime;
    }
}

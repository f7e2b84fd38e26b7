using System.Net;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Probing;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Prober.Http;

/// <summary>How a probe's request is put, and what of the answer's headers is worth a line of the trace.</summary>
internal static class HttpRequests
{
    /// <summary>How a Prober names itself.</summary>
    public static readonly string UserAgent = $"Skypunch/{SkypunchVersion.Current}";

    /// <summary>The request. PUT, POST and PATCH have an empty body.</summary>
    public static HttpRequestMessage Of(ProbeRequest request, Credentials credentials)
    {
        var message = new HttpRequestMessage(request.Method, request.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (request.Method == HttpMethod.Put || request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch)
        {
            message.Content = new ByteArrayContent([]);
        }

        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", "*/*");
        message.Headers.ConnectionClose = true;
        foreach (var (name, value) in credentials.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>Notes where a redirect points to, what answers, and under which id the service logged the request.</summary>
    public static void Remark(HttpResponseMessage response, ProbeTrace trace)
    {
        foreach (var name in (ReadOnlySpan<string>)["Location", "Server", "X-Openstack-Request-Id"])
        {
            if (response.Headers.NonValidated.TryGetValues(name, out var values))
            {
                trace.Remark("{0}: {1}", name, values.ToString());
            }
        }
    }
}

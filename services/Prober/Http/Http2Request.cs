using System.Net;

namespace Skypunch.Prober.Http;

/// <summary>Writes an HTTP/2 request.</summary>
internal static class Http2Request
{
    /// <summary>The request. PUT, POST and PATCH have an empty body where there is none.</summary>
    public static HttpRequestMessage Of(HttpHop hop)
    {
        var message = new HttpRequestMessage(hop.Method, hop.Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = ContentOf(hop),
        };
        foreach (var (name, value) in hop.Headers)
        {
            // A header that HttpClient does not take as one of the request is one of its body, such as Content-Language.
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.Remove(name);
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        foreach (var (name, value) in DefaultHeaders.All.Where(header => !message.Headers.NonValidated.Contains(header.Key)))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static ByteArrayContent? ContentOf(HttpHop hop)
    {
        if (hop.Body is { } body)
        {
            var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", hop.ContentType);
            return content;
        }

        return hop.Method == HttpMethod.Put || hop.Method == HttpMethod.Post || hop.Method == HttpMethod.Patch
            ? new ByteArrayContent([])
            : null;
    }
}

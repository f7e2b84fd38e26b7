using System.Net;

namespace Skypunch.Prober.Http;

/// <summary>Writes a request of HTTP/2.</summary>
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
            // What is no header of a request is one of its body: Content-Language, say.
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.Remove(name);
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        AddIfMissing("User-Agent", UserAgent.Text);
        AddIfMissing("Accept", "*/*");
        return message;

        void AddIfMissing(string name, string value)
        {
            if (!message.Headers.NonValidated.Contains(name))
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }
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

using System.Text;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>An HTTP request that a channel sends.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL. Its path and query may be secrets.</param>
/// <param name="Headers">The headers, in order. Their values may be secrets.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpCall(HttpMethod Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, string ContentType, string Body)
{
    /// <summary>Where the request goes, as far as it may be shown: <c>https://hooks.example.org</c>.</summary>
    public string Origin => Url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    // Everything else may be a secret, which must not get into a log.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Method = ").Append(Method).Append(", Origin = ").Append(Origin);
        return true;
    }
}

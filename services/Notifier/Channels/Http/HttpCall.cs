using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>An HTTP request that a channel sends.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL. Its path and query may be secrets.</param>
/// <param name="Headers">The headers, in order. Their values may be secrets.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpCall(HttpMethod Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, string ContentType, string Body)
{
    /// <summary>The header with the message's id, which is the same in each attempt (standardwebhooks.com).</summary>
    public const string IdHeader = "webhook-id";

    // A body is no part of a web page. Letters stay as they are, since receivers count the bytes.
    private static readonly JsonSerializerOptions Shape = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Which attempt of the message this is: 1 is the first one.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The notifier's secrets, which its receiver may repeat.</summary>
    public FormSecrets? Secrets { get; init; }

    /// <summary>Where the request goes, as far as it may be shown: <c>https://hooks.example.org</c>.</summary>
    public string Origin => Url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>A request with a body of JSON, by POST. Members that are null are left out.</summary>
    public static HttpCall Json(Uri url, object body, params IEnumerable<KeyValuePair<string, string>> headers)
        => new(HttpMethod.Post, url, [.. headers], "application/json", JsonText(body));

    /// <summary>A request with the fields of a form, by POST. Fields that are null are left out.</summary>
    public static HttpCall Form(Uri url, IEnumerable<KeyValuePair<string, string?>> fields, params IEnumerable<KeyValuePair<string, string>> headers)
        => new(
            HttpMethod.Post,
            url,
            [.. headers],
            "application/x-www-form-urlencoded",
            string.Join('&', fields.Where(field => field.Value is not null).Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value!)}")));

    /// <summary>A header by which the receiver knows the sender: <c>Bearer …</c>.</summary>
    public static KeyValuePair<string, string> Authorization(string scheme, string secret) => new("Authorization", $"{scheme} {secret}");

    /// <summary>The header of a user with a password (RFC 7617).</summary>
    public static KeyValuePair<string, string> Login(string user, string password)
        => Authorization("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>A text as it stands in the JSON of a request.</summary>
    public static string JsonText(object value) => JsonSerializer.Serialize(value, Shape);

    // Everything else may be a secret, which must not get into a log.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Method = ").Append(Method).Append(", Origin = ").Append(Origin);
        return true;
    }
}

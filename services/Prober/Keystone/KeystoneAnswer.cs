using System.Globalization;
using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// An answer of Keystone. Its body may be anything: a part that is not as Keystone writes it counts as missing. Not a record: its text
/// would show a token. Pure.
/// </summary>
/// <param name="url">The URL that gave the answer, after redirects.</param>
/// <param name="status">The status.</param>
/// <param name="subjectToken">The header X-Subject-Token; null where there is none.</param>
/// <param name="body">The body.</param>
internal sealed class KeystoneAnswer(Uri url, int status, string? subjectToken, string body)
{
    // A message of Keystone is a sentence. A longer one is left out: cut here, it could end within a secret, which the mask would not
    // recognise.
    private const int LongestMessage = 4096;

    private readonly JsonElement? _root = LenientJson.Parse(body);

    /// <summary>The status.</summary>
    public int Status => status;

    /// <summary>Where a redirect leads, as it was sent; null where none is named.</summary>
    public string? Location { get; init; }

    /// <summary>The token of a login, or why there is none.</summary>
    public (KeystoneToken? Token, ProbeFailure? Failure) Token(DateTimeOffset now)
    {
        if (status is not (200 or 201))
        {
            return (null, Refusal());
        }

        // v3 has the token in a header and the rest in the body; v2.0 has everything in the body.
        var token = subjectToken ?? _root.At("access", "token", "id").Text();
        var expires = _root.At("token", "expires_at").Text() ?? _root.At("access", "token", "expires").Text();
        return string.IsNullOrEmpty(token)
            || !token.All(c => c is > ' ' and <= '~') // the token becomes the value of a header
            || !DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt)
            ? (null, new ProbeFailure(
                ProbeReasons.AuthUnreachable, $"Keystone at {url.Authority} answered {status} without a token", KeystoneAdvice.NotKeystone))
            : (new KeystoneToken(token, now, expiresAt) { Catalog = KeystoneCatalog.Read(_root) }, null);
    }

    /// <summary>
    /// The newest version in a list of versions, and the link that the list has for it; v3 where the list cannot be read.
    /// </summary>
    public (KeystoneVersion Version, Uri? Link) NewestVersion()
    {
        var list = _root.At("versions", "values") is { ValueKind: JsonValueKind.Array } values
            ? ((JsonElement?)values).Items().ToArray()
            : [_root.At("version")];
        var (v2, v3) = (Find("v2"), Find("v3"));
        return v3 is null && v2 is not null ? (KeystoneVersion.V2, LinkOf(v2)) : (KeystoneVersion.V3, LinkOf(v3));

        JsonElement? Find(string version) => list.LastOrDefault(one => one.At("id").Text()?.StartsWith(version, StringComparison.Ordinal) is true);
    }

    // The link "self", relative to the document, as keystoneauth reads it. A Keystone behind a proxy that ends TLS often writes http into
    // its links. The password then goes to the same host over https, or not at all.
    private Uri? LinkOf(JsonElement? version)
    {
        var self = version.At("links").Items().FirstOrDefault(link => link.At("rel").Text() == "self").At("href").Text();
        if (self is null || !Uri.TryCreate(url, self, out var link) || link is not { Scheme: "http" or "https", UserInfo: "", IdnHost.Length: > 0 })
        {
            return null;
        }

        if (url.Scheme == "https" && link.Scheme == "http")
        {
            return link.IdnHost == url.IdnHost ? new UriBuilder(url.Scheme, url.Host, url.Port, link.AbsolutePath).Uri : null;
        }

        return new UriBuilder(link.Scheme, link.Host, link.Port, link.AbsolutePath).Uri;
    }

    private ProbeFailure Refusal()
    {
        var message = _root.At("error", "message").Text();
        var why = message is { Length: > 0 and <= LongestMessage } ? $": {message}" : "";
        return status switch
        {
            _ when KeystoneRedirect.Is(status) && Location is not null => new(
                ProbeReasons.AuthUnreachable,
                $"Keystone at {url.Authority} redirects the login ({status}) to {SafeUrl.Of(Location)}, {KeystoneRedirect.WhyNot(url, Location)}",
                KeystoneAdvice.Moved),
            400 => new(
                ProbeReasons.AuthRejected,
                $"Keystone at {url.Authority} does not understand the login (400){why}",
                KeystoneAdvice.CorrectParameters),
            401 => new(ProbeReasons.AuthRejected, $"Keystone at {url.Authority} refused the login (401){why}"),
            403 => new(ProbeReasons.AuthForbidden, $"Keystone at {url.Authority} does not allow the login (403){why}"),

            // Keystone says so of an application credential that it does not know (any more). A path that is not its API has another 404.
            404 when message?.StartsWith("Could not find", StringComparison.Ordinal) is true
                => new(ProbeReasons.AuthRejected, $"Keystone at {url.Authority} refused the login (404){why}"),
            404 => new(
                ProbeReasons.AuthUnreachable,
                $"there is no Keystone at {url.GetLeftPart(UriPartial.Path)} (404); correct osauthendpoint",
                KeystoneAdvice.NotKeystone),
            _ => new(ProbeReasons.AuthUnreachable, $"Keystone at {url.Authority} answered {status}{why}", KeystoneAdvice.Unwell),
        };
    }
}

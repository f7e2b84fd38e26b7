using System.Globalization;
using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// What Keystone answered. Pure. The body may be anything: what is not as Keystone writes it reads as if it were not there. Not a record:
/// its text must not show a token.
/// </summary>
internal sealed class KeystoneAnswer(int status, string? subjectToken, string body)
{
    private const int LongestMessage = 4096; // Keystone's are a sentence; one cut here could end within a secret and escape the mask

    private readonly JsonElement? _root = LenientJson.Parse(body);

    /// <summary>The status.</summary>
    public int Status => status;

    /// <summary>The token of a login, or why there is none.</summary>
    public (KeystoneToken? Token, ProbeFailure? Failure) Token(Uri url, DateTimeOffset now)
    {
        if (status is not (200 or 201))
        {
            return (null, Refusal(url));
        }

        // v3 has the token in a header and the rest in the body, v2.0 has all of it in the body.
        var token = subjectToken ?? _root.At("access", "token", "id").Text();
        var expires = _root.At("token", "expires_at").Text() ?? _root.At("access", "token", "expires").Text();
        return string.IsNullOrEmpty(token)
            || !token.All(c => c is > ' ' and <= '~') // it is to be a header
            || !DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt)
            ? (null, new ProbeFailure(
                ProbeReasons.AuthUnreachable, $"Keystone at {url.Authority} answered {status} without a token", KeystoneAdvice.NotKeystone))
            : (new KeystoneToken(token, now, expiresAt) { Catalog = KeystoneCatalog.Read(_root) }, null);
    }

    /// <summary>The newest version that a list of versions has; v3 where it cannot be read.</summary>
    public KeystoneVersion NewestVersion()
    {
        var list = _root.At("versions", "values") is { ValueKind: JsonValueKind.Array } values
            ? ((JsonElement?)values).Items().Select(version => version.At("id").Text() ?? "").ToArray()
            : [_root.At("version", "id").Text() ?? "v3"];
        return Has("v2") && !Has("v3") ? KeystoneVersion.V2 : KeystoneVersion.V3;

        bool Has(string version) => list.Any(id => id.StartsWith(version, StringComparison.Ordinal));
    }

    private ProbeFailure Refusal(Uri url)
    {
        var message = _root.At("error", "message").Text();
        var why = message is { Length: > 0 and <= LongestMessage } ? $": {message}" : "";
        return status switch
        {
            400 => new(
                ProbeReasons.AuthRejected,
                $"Keystone at {url.Authority} does not understand the login (400){why}",
                KeystoneAdvice.CorrectParameters),
            401 => new(ProbeReasons.AuthRejected, $"Keystone at {url.Authority} refused the login (401){why}"),
            403 => new(ProbeReasons.AuthForbidden, $"Keystone at {url.Authority} does not allow the login (403){why}"),

            // It says so of an application credential that is not known (any more); for what is no API it has a page.
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

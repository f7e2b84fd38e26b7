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

    /// <summary>The token of a login, or why there is none.</summary>
    public (KeystoneToken? Token, ProbeFailure? Failure) Token(Uri url, DateTimeOffset now)
    {
        if (status is not (200 or 201))
        {
            return (null, Refusal(url));
        }

        // v3 has the token in a header and the rest in the body, v2.0 has all of it in the body.
        var token = subjectToken ?? Text("access", "token", "id");
        var expires = Text("token", "expires_at") ?? Text("access", "token", "expires");
        return string.IsNullOrEmpty(token)
            || !token.All(c => c is > ' ' and <= '~') // it is to be a header
            || !DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt)
            ? (null, new ProbeFailure(ProbeReasons.AuthUnreachable, $"Keystone at {url.Authority} answered {status} without a token"))
            : (new KeystoneToken(token, now, expiresAt), null);
    }

    /// <summary>The newest version that a list of versions has; v3 where it cannot be read.</summary>
    public KeystoneVersion NewestVersion()
    {
        var ids = Element("versions", "values") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(version => TextOf(Property(version, "id")) ?? "").ToArray()
            : [Text("version", "id") ?? "v3"];
        return Has("v2") && !Has("v3") ? KeystoneVersion.V2 : KeystoneVersion.V3;

        bool Has(string version) => ids.Any(id => id.StartsWith(version, StringComparison.Ordinal));
    }

    private ProbeFailure Refusal(Uri url)
    {
        var why = Text("error", "message") is { Length: > 0 and <= LongestMessage } message ? $": {message}" : "";
        return status switch
        {
            400 => new(ProbeReasons.AuthRejected, $"Keystone at {url.Authority} does not understand the login (400){why}"),
            401 => new(ProbeReasons.AuthRejected, $"Keystone at {url.Authority} refused the login (401){why}"),
            403 => new(ProbeReasons.AuthForbidden, $"Keystone at {url.Authority} does not allow the login (403){why}"),
            404 => new(
                ProbeReasons.AuthUnreachable,
                $"there is no Keystone at {url.GetLeftPart(UriPartial.Path)} (404); correct osauthendpoint"),
            _ => new(ProbeReasons.AuthUnreachable, $"Keystone at {url.Authority} answered {status}{why}"),
        };
    }

    private string? Text(params ReadOnlySpan<string> path) => TextOf(Element(path));

    private JsonElement? Element(params ReadOnlySpan<string> path)
    {
        JsonElement? element = Root();
        foreach (var name in path)
        {
            element = Property(element, name);
        }

        return element;
    }

    private JsonElement? Root()
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null; // a proxy's error page, for one
        }
    }

    private static JsonElement? Property(JsonElement? element, string name)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair, escaped, in a name
        }
    }

    private static string? TextOf(JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair, escaped
        }
    }
}

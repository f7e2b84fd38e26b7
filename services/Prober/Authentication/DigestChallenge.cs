using System.Text;

namespace Skypunch.Prober.Authentication;

/// <summary>A challenge of WWW-Authenticate by the scheme Digest (RFC 7616, section 3.3). Pure.</summary>
internal sealed class DigestChallenge
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private DigestChallenge()
    {
    }

    public string Realm => Get("realm");

    public string Nonce => Get("nonce");

    /// <summary>A value to be sent back as it is; null where there is none.</summary>
    public string? Opaque => _parameters.GetValueOrDefault("opaque");

    /// <summary>The name of the hash, MD5 where none is given.</summary>
    public string Algorithm => Get("algorithm") is { Length: > 0 } name ? name : "MD5";

    /// <summary>Whether the user is to be sent as a hash.</summary>
    public bool HashesUser => Get("userhash").Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The qualities of protection on offer; none in a challenge by the older RFC 2069.</summary>
    public IReadOnlyList<string> Qualities => Get("qop").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The challenges of this scheme, in the server's order.</summary>
    /// <param name="values">The values of WWW-Authenticate; each may hold several challenges.</param>
    public static IReadOnlyList<DigestChallenge> Of(IEnumerable<string> values)
    {
        var found = new List<DigestChallenge>();
        foreach (var value in values)
        {
            Read(value, found);
        }

        return found;
    }

    // A word that is followed by '=' is a parameter of the current challenge; any other word begins a challenge (RFC 9110, section 11.6.1).
    private static void Read(ReadOnlySpan<char> rest, List<DigestChallenge> found)
    {
        DigestChallenge? open = null;
        while (true)
        {
            rest = rest.TrimStart(" \t,");
            var end = rest.IndexOfAny(" \t,=");
            var word = end < 0 ? rest : rest[..end];
            if (rest.IsEmpty)
            {
                return;
            }

            rest = rest[word.Length..];
            if (rest.TrimStart(" \t") is not ['=', .. var behind])
            {
                open = word.Equals("Digest", StringComparison.OrdinalIgnoreCase) ? new DigestChallenge() : null;
                found.AddRange(open is null ? [] : [open]);
                continue;
            }

            rest = TakeValue(behind.TrimStart(" \t"), out var value);
            open?._parameters.TryAdd(word.ToString(), value);
        }
    }

    private static ReadOnlySpan<char> TakeValue(ReadOnlySpan<char> text, out string value)
    {
        if (text is not ['"', ..])
        {
            var end = text.IndexOfAny(" \t,");
            value = (end < 0 ? text : text[..end]).ToString();
            return end < 0 ? default : text[end..];
        }

        var quoted = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                value = quoted.ToString();
                return text[(i + 1)..];
            }

            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            quoted.Append(text[i]);
        }

        value = quoted.ToString(); // the quote does not end
        return default;
    }

    private string Get(string name) => _parameters.GetValueOrDefault(name, "");
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Contracts.Texts;

/// <summary>A request's headers as text: <c>Name: value</c>, one per line. A value may be a secret, so no error repeats a value.</summary>
public static class HeaderText
{
    /// <summary>The most headers of a target.</summary>
    public const int Most = 32;

    /// <summary>The most characters of a value.</summary>
    public const int LongestValue = 4096;

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // The probe sets these itself, by the connection and the body.
    private static readonly string[] SetBySkypunch =
        ["Connection", "Content-Length", "Expect", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"];

    private static readonly string[] SecretNames = ["Authorization", "Proxy-Authorization", "Cookie"];

    private static readonly string[] SecretParts = ["token", "secret", "password", "key", "auth", "session", "signature", "credential"];

    private static readonly string[] SecretWords = ["pass", "pwd", "jwt", "sid", "sig", "otp", "bearer", "apikey"];

    /// <summary>Reads the text. An empty text has no headers.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="headers">The headers, in order.</param>
    /// <param name="error">What is wrong and what to do, as the end of a sentence that begins with the name of the text.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out IReadOnlyList<KeyValuePair<string, string>>? headers,
        [NotNullWhen(false)] out string? error)
    {
        var found = new List<KeyValuePair<string, string>>();
        headers = null;
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
            {
                error = $"must be 'Name: value', but line {found.Count + 1} has no name and colon";
                return false;
            }

            found.Add(new(line[..colon].TrimEnd(), line[(colon + 1)..].TrimStart()));
        }

        error = Fault(found);
        headers = error is null ? found : null;
        return error is null;
    }

    /// <summary>Writes headers so that <see cref="TryParse"/> reads the same headers.</summary>
    public static string Format(IEnumerable<KeyValuePair<string, string>> headers)
        => string.Join('\n', headers.Select(header => $"{header.Key}: {header.Value.Trim()}"));

    /// <summary>What is wrong with headers, as the end of a sentence; null: nothing.</summary>
    public static string? Fault(IReadOnlyList<KeyValuePair<string, string>> headers)
        => headers.Count > Most ? $"must be {Most} at the most" : headers.Select(Fault).FirstOrDefault(fault => fault is not null);

    /// <summary>Whether a header is treated as a credential by its name. Its value is never shown, and is sent to no other host.</summary>
    public static bool IsSecret(string name)
        => SecretNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || SecretParts.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
        || (name.Split('-', '_', '.') is var words
            && (words.Any(word => SecretWords.Contains(word, StringComparer.OrdinalIgnoreCase)) || words[^1].Equals("api", StringComparison.OrdinalIgnoreCase)));

    private static string? Fault(KeyValuePair<string, string> header) => header switch
    {
        { Key.Length: 0 or > 128 } => "must have names of 1 to 128 characters",
        { Key: var name } when name.AsSpan().ContainsAnyExcept(NameCharacters) =>
            $"has the name '{OneLine.Of(name)}', but a name may have letters, digits and - _ . only",
        { Key: var name } when SetBySkypunch.Contains(name, StringComparer.OrdinalIgnoreCase) => $"must not have {name}: Skypunch sets it itself",
        { Value.Length: > LongestValue } => $"has a value of {header.Key} with more than {LongestValue} characters",
        { Value: var value } when value.Any(c => char.IsControl(c) && c != '\t') => $"has a control character in the value of {header.Key}",
        { Value: var value } when !value.All(char.IsAscii) => $"has a character in the value of {header.Key} that is not ASCII",
        _ => null,
    };
}

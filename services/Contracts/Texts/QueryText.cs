using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// Secret parameters of a URL's query as text, percent-encoded as they are sent: <c>api_key=abc&amp;sig=x%2By</c>. They are stored apart
/// from the URL, which is not secret. No error repeats a value.
/// </summary>
public static class QueryText
{
    /// <summary>The most parameters of a target.</summary>
    public const int Most = 16;

    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 128;

    /// <summary>The most characters of all parameters together, as they are sent.</summary>
    public const int Longest = 8192;

    /// <summary>Reads the text. An empty text has no parameters.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="parameters">The decoded names and values, in order.</param>
    /// <param name="error">What is wrong and what to do, as the end of a sentence that begins with the name of the text.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out IReadOnlyList<KeyValuePair<string, string>>? parameters,
        [NotNullWhen(false)] out string? error)
    {
        var found = new List<KeyValuePair<string, string>>();
        parameters = null;
        foreach (var pair in (text ?? "").Trim().TrimStart('?').Split('&', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            if (equals <= 0)
            {
                error = $"must be name=value&name=value, but part {found.Count + 1} has no name and '='";
                return false;
            }

            found.Add(new(Uri.UnescapeDataString(pair[..equals]), Uri.UnescapeDataString(pair[(equals + 1)..])));
        }

        error = Fault(found);
        parameters = error is null ? found : null;
        return error is null;
    }

    /// <summary>Writes parameters percent-encoded, so that <see cref="TryParse"/> reads the same parameters.</summary>
    public static string Format(IEnumerable<KeyValuePair<string, string>> parameters)
        => string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));

    /// <summary>What is wrong with parameters, as the end of a sentence; null: nothing.</summary>
    public static string? Fault(IReadOnlyList<KeyValuePair<string, string>> parameters)
        => parameters.Count > Most ? $"must be {Most} at the most"
            : parameters.Select(Fault).FirstOrDefault(fault => fault is not null)
                ?? (Format(parameters).Length > Longest ? $"must not take more than {Longest} characters as they are sent" : null);

    /// <summary>A URL or path with parameters added at the end of its query.</summary>
    /// <param name="url">The URL or path.</param>
    /// <param name="query">The parameters, percent-encoded.</param>
    public static string Append(string url, string query)
    {
        var end = url.IndexOf('#') is >= 0 and var fragment ? fragment : url.Length;
        var before = url[..end];
        var sign = !before.Contains('?') ? "?" : before[^1] is '?' or '&' ? "" : "&";
        return $"{before}{sign}{query}{url[end..]}";
    }

    /// <summary>The decoded names of the parameters in a URL's query.</summary>
    public static IEnumerable<string> NamesIn(string url) => Pairs(url).Select(NameOf).Where(name => name.Length > 0);

    /// <summary>The names of those parameters in a URL's query that have a value and the name of a secret.</summary>
    public static IEnumerable<string> SecretsIn(string url) => Pairs(url).Where(IsSecret).Select(NameOf);

    /// <summary>The URL with <c>***</c> in place of the values of these parameters.</summary>
    public static string Masked(string url)
    {
        var start = url.IndexOf('?');
        if (start < 0 || !SecretsIn(url).Any())
        {
            return url;
        }

        var end = url.IndexOf('#', start) is >= 0 and var fragment ? fragment : url.Length;
        var pairs = Pairs(url).Select(pair => IsSecret(pair) ? $"{pair[..(pair.IndexOf('=') + 1)]}***" : pair);
        return $"{url[..start]}?{string.Join('&', pairs)}{url[end..]}";
    }

    private static string[] Pairs(string url)
    {
        var start = url.IndexOf('?');
        return start < 0 ? [] : url[(start + 1)..].Split('#')[0].Split('&');
    }

    private static bool IsSecret(string pair) => pair.IndexOf('=') is > 0 and var equals && equals < pair.Length - 1 && HeaderText.IsSecret(NameOf(pair));

    private static string NameOf(string pair) => Uri.UnescapeDataString(pair.IndexOf('=') is >= 0 and var equals ? pair[..equals] : pair);

    private static string? Fault(KeyValuePair<string, string> parameter) => parameter switch
    {
        { Key.Length: 0 or > LongestName } => $"must have names of 1 to {LongestName} characters",
        { Key: var name } when name.Any(char.IsControl) => "must have names without control characters",
        { Value: var value } when value.Any(char.IsControl) => $"has a control character in the value of {OneLine.Of(parameter.Key)}",
        _ => null,
    };
}

namespace Skypunch.Contracts.Texts;

/// <summary>
/// Makes a stored URL safe to be shown: on one line, without the user and password before its host, and without the values of parameters in
/// its query that are named like secrets.
/// </summary>
public static class SafeUrl
{
    /// <summary>The URL without its secrets.</summary>
    public static string Of(string? url) => QueryText.Masked(WithoutCredentials(OneLine.Of(url)));

    private static string WithoutCredentials(string text)
    {
        if (!text.Contains('@'))
        {
            return text;
        }

        // In a text that is no valid URL, a password may contain the characters that end the authority of a URL. So nothing before the last
        // @ of the whole text is shown.
        var scheme = text.IndexOf("//", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 2;
        var end = Uri.TryCreate(text.Trim(), UriKind.Absolute, out _) ? text.AsSpan(start).IndexOfAny('/', '?', '#') : -1;
        var authority = end < 0 ? text[start..] : text.Substring(start, end);
        var at = authority.LastIndexOf('@');
        return at < 0 ? text : $"{text[..start]}***{text[(start + at)..]}";
    }
}

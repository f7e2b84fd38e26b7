namespace Skypunch.Contracts;

/// <summary>A stored URL as it may be shown: on one line, without the user and password that may stand before its host, nor what is named like a secret in its query.</summary>
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

        // In what is no URL a password may hold the very characters that would end it: nothing before the last @ is shown then.
        var scheme = text.IndexOf("//", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 2;
        var end = Uri.TryCreate(text.Trim(), UriKind.Absolute, out _) ? text.AsSpan(start).IndexOfAny('/', '?', '#') : -1;
        var authority = end < 0 ? text[start..] : text.Substring(start, end);
        var at = authority.LastIndexOf('@');
        return at < 0 ? text : $"{text[..start]}***{text[(start + at)..]}";
    }
}

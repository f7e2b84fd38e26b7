namespace Skypunch.Contracts;

/// <summary>A stored URL as it may be shown: on one line, without the user and password that may stand before its host.</summary>
public static class SafeUrl
{
    /// <summary>The URL without user and password.</summary>
    public static string Of(string? url)
    {
        var text = OneLine.Of(url);
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

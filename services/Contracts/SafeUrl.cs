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

        // Whatever is not a URL at all is treated as if it began with its authority.
        var scheme = text.IndexOf("//", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 2;
        var length = text.AsSpan(start).IndexOfAny('/', '?', '#');
        var authority = length < 0 ? text[start..] : text.Substring(start, length);
        var at = authority.LastIndexOf('@');
        return at < 0 ? text : $"{text[..start]}***{text[(start + at)..]}";
    }
}

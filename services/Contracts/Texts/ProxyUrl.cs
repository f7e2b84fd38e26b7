namespace Skypunch.Contracts.Texts;

/// <summary>
/// The proxy of a target as text: <c>http://user:password@proxy.example.org:3128</c>. The API uses this rule to refuse a target, and the
/// Prober to check a row that may have been edited by hand in SQL. The class is no record, since <c>ToString</c> must not show the
/// password. No error repeats the password.
/// </summary>
public sealed class ProxyUrl
{
    /// <summary>The most characters of the text.</summary>
    public const int Longest = 1024;

    private ProxyUrl(Uri url, string user, string? password)
    {
        Url = url;
        User = user;
        Password = password;
    }

    /// <summary>The proxy's URL without user and password.</summary>
    public Uri Url { get; }

    /// <summary>The user at the proxy; empty: there is none.</summary>
    public string User { get; }

    /// <summary>The user's password; null: none is given.</summary>
    public string? Password { get; }

    /// <summary>Reads the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="proxy">The proxy; null where something is wrong.</param>
    /// <returns>What is wrong and what to do, as the end of a sentence that begins with the name of the text; null: nothing.</returns>
    public static string? Read(string text, out ProxyUrl? proxy)
    {
        const string Form = "must be the address of an HTTP proxy, such as http://proxy.example.org:3128, or http://user:password@proxy.example.org:3128 with special characters as %40";
        proxy = null;
        Uri? url = null;
        var fault = text.Length > Longest ? UrlFault.NoUrl : WebUrl.Read(text.Trim(), out url);
        if (fault is not (UrlFault.None or UrlFault.Credentials) || url is null || url.PathAndQuery is not "/" || url.Fragment.Length > 0 || url.Port == 0)
        {
            return Form;
        }

        if (url.Scheme != Uri.UriSchemeHttp)
        {
            return "must begin with http://: a probe speaks to its proxy in clear text, and through it as the target wants";
        }

        var (user, password) = CredentialsOf(url.UserInfo);
        if (user.Contains(':') || user.Concat(password ?? "").Any(char.IsControl) || (user.Length == 0 && password is not null))
        {
            return "must have a user without a colon, and no control characters in user and password";
        }

        proxy = new ProxyUrl(new Uri($"http://{HostOf(url)}:{url.Port}/"), user, password);
        return null;
    }

    /// <summary>Whether the other has the same proxy and user, so that the password of the one is valid for the other.</summary>
    public bool IsSameAs(ProxyUrl other) => Url == other.Url && User == other.User;

    /// <summary>The text without the password.</summary>
    public string Shown() => Text(User.Length == 0 ? "" : $"{Uri.EscapeDataString(User)}@");

    /// <summary>The text with the password.</summary>
    public string Whole() => Password is null ? Shown() : Text($"{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(Password)}@");

    /// <summary>The same proxy and user with another password.</summary>
    public ProxyUrl With(string? password) => new(Url, User, password);

    private string Text(string credentials) => $"http://{credentials}{HostOf(Url)}:{Url.Port}";

    private static (string User, string? Password) CredentialsOf(string userInfo)
    {
        var colon = userInfo.IndexOf(':');
        return colon < 0
            ? (Uri.UnescapeDataString(userInfo), null)
            : (Uri.UnescapeDataString(userInfo[..colon]), Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }

    // DnsSafeHost includes the zone of an IPv6 address, which Host leaves out.
    private static string HostOf(Uri url) => url.HostNameType is UriHostNameType.IPv6 ? $"[{url.DnsSafeHost}]" : url.IdnHost;
}

using System.Globalization;

namespace Skypunch.Web.Sessions;

/// <summary>
/// The cookie with a session's secret. Over TLS its name begins with <c>__Host-</c>, which no other host can set (RFC 6265bis, section 4.1.3.2).
/// Without TLS, on this machine, browsers refuse that; there the name has the port, as all ports of a host share their cookies.
/// </summary>
public static class SessionCookie
{
    public static string Read(HttpContext http) => http.Request.Cookies[NameOf(http)] ?? "";

    public static void Write(HttpContext http, string secret, DateTimeOffset expiresAt)
        => http.Response.Cookies.Append(NameOf(http), secret, Options(http, expiresAt));

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(NameOf(http), Options(http, null));

    // Lax: a link in a mail or a chat finds whoever follows it logged in. Forms have a guard of their own (FormGuard).
    private static CookieOptions Options(HttpContext http, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Expires = expiresAt,
        IsEssential = true,
    };

    private static string NameOf(HttpContext http) => http.Request.IsHttps
        ? "__Host-skypunch"
        : string.Create(CultureInfo.InvariantCulture, $"skypunch-{http.Connection.LocalPort}");
}

namespace Skypunch.Prober.Logins;

/// <summary>A server's answer to one request of a login. Not a record: its text would show a token.</summary>
/// <param name="url">The URL that was asked.</param>
/// <param name="status">The status.</param>
/// <param name="body">The body as text.</param>
/// <param name="headers">Gives a header's first value; null where there is none.</param>
internal sealed class LoginAnswer(Uri url, int status, string body, Func<string, string?> headers)
{
    public Uri Url => url;

    public int Status => status;

    public string Body => body;

    /// <summary>Where a redirect leads, as it was sent; null where none is named.</summary>
    public string? Location => headers("Location");

    /// <summary>A header's first value; null where there is none.</summary>
    public string? Header(string name) => headers(name);
}

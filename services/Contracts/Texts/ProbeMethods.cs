using System.Buffers;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// The HTTP methods that a probe may use: any token of RFC 9110, section 9.1, except TRACE and CONNECT. The API uses this rule to refuse a
/// target, and the Prober to check a row that may have been edited by hand in SQL.
/// </summary>
public static class ProbeMethods
{
    /// <summary>The most characters of a method.</summary>
    public const int Longest = 16;

    /// <summary>What is said of a text that is no method, as the end of a sentence.</summary>
    public static readonly string Remedy = $"must be a method of HTTP, such as GET, OPTIONS or PROPFIND: at most {Longest} letters, digits and signs, without blanks";

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly string[] Known = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"];

    /// <summary>
    /// The method as it is sent: a known method in capital letters, any other as it is written, since methods are case-sensitive.
    /// </summary>
    public static string Of(string? text)
    {
        var method = (text ?? "").Trim();
        return Array.Find(Known, known => known.Equals(method, StringComparison.OrdinalIgnoreCase)) ?? method;
    }

    /// <summary>What is wrong with a method that <see cref="Of"/> has returned, as the end of a sentence; null: nothing.</summary>
    public static string? Fault(string method) => method switch
    {
        "TRACE" => "must not be TRACE: its answer repeats the request with all its secrets; choose another one, such as OPTIONS",
        "CONNECT" => "must not be CONNECT: it opens a tunnel, and there is no answer to judge; choose another one, such as GET",
        { Length: 0 or > Longest } => Remedy,
        _ => method.AsSpan().ContainsAnyExcept(Token) ? Remedy : null,
    };

    /// <summary>
    /// Whether a request with this method may have a body. The body of a GET has no meaning in HTTP, but some services use it.
    /// </summary>
    public static bool MayHaveBody(string method) => method != "HEAD";
}

using System.Buffers;

namespace Skypunch.Contracts;

/// <summary>
/// The methods of HTTP that a probe may use: any token of RFC 9110, section 9.1, but for two. One rule for the API, which rejects, and for the Prober, which may meet a row written by hand.
/// </summary>
public static class ProbeMethods
{
    /// <summary>The most characters of a method.</summary>
    public const int Longest = 16;

    /// <summary>What the words for a wrong one begin with.</summary>
    public const string Remedy = "must be a method of HTTP, such as GET, OPTIONS or PROPFIND: at most 16 letters, digits and signs, without blanks";

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly string[] Known = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"];

    /// <summary>A method as it is sent: a known one in capital letters, any other as it is written, since methods are told apart by case.</summary>
    public static string Of(string? text)
    {
        var method = (text ?? "").Trim();
        return Array.Find(Known, known => known.Equals(method, StringComparison.OrdinalIgnoreCase)) ?? method;
    }

    /// <summary>What is wrong with a method of <see cref="Of"/>, as the end of a sentence; null: nothing.</summary>
    public static string? Fault(string method) => method switch
    {
        "TRACE" => "must not be TRACE: its answer repeats the request with all its secrets; choose another one, such as OPTIONS",
        "CONNECT" => "must not be CONNECT: it opens a tunnel, and there is no answer to judge; choose another one, such as GET",
        { Length: 0 or > Longest } => Remedy,
        _ => method.AsSpan().ContainsAnyExcept(Token) ? Remedy : null,
    };

    /// <summary>Whether a request of the method may have a body. That of a GET means nothing to HTTP, but does to some services.</summary>
    public static bool MayHaveBody(string method) => method != "HEAD";
}

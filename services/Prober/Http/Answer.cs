using System.Net.Http.Headers;
using System.Text;

namespace Skypunch.Prober.Http;

/// <summary>What came back on a hop.</summary>
internal sealed class Answer(AnswerHead head, bool isOfTarget)
{
    // Where it is, what answers, what it wants, and under which id the service logged the request.
    private static readonly string[] Telling =
    [
        "Content-Type", "Location", "Server", "Via", "WWW-Authenticate", "Retry-After", "X-Openstack-Request-Id", "X-Compute-Request-Id",
    ];

    /// <summary>The status code.</summary>
    public int Status => head.Status;

    /// <summary>Whether it comes from the target's own host, and not from one to which that has redirected.</summary>
    public bool IsOfTarget => isOfTarget;

    /// <summary>The server's words for the status; empty where it has none.</summary>
    public string StatusWords => head.Reason;

    /// <summary>As much of the body as was wanted, decompressed.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>Whether the body goes on where <see cref="Body"/> ends because it was longer than what a Prober reads.</summary>
    public bool IsCut { get; set; }

    /// <summary>The body as text, in the charset that the answer names, else UTF-8.</summary>
    public string Text => Charset().GetString(Body.Span);

    /// <summary>A header's value; null where there is none. Several are listed with commas between.</summary>
    public string? Header(string name) => head.Header(name);

    /// <summary>The headers that help an operator.</summary>
    public IEnumerable<(string Name, string? Value)> TellingHeaders()
        => Telling.Select(name => (Name: name, Value: Header(name))).Where(header => header.Value is not null);

    private Encoding Charset()
    {
        try
        {
            return Encoding.GetEncoding(
                MediaTypeHeaderValue.TryParse(Header("Content-Type"), out var type) && type.CharSet is { } charset ? charset.Trim('"') : "utf-8");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}

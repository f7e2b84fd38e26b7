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

    /// <summary>What is wanted of its body; null as long as its head is not whole.</summary>
    public BodyWish? Wish { get; set; }

    /// <summary>As much of the body as was wanted, unpacked.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>How much of the body was read, where it is longer than what a Prober reads; null: all that was wanted.</summary>
    public int? CutAt { get; set; }

    /// <summary>The body as text.</summary>
    public string Text => BodyText.Of(Body.Span, Header("Content-Type"));

    /// <summary>A header's value; null where there is none. Several are listed with commas between.</summary>
    public string? Header(string name) => head.Header(name);

    /// <summary>A header's values, each by itself.</summary>
    public IReadOnlyList<string> Values(string name) => head.Values(name);

    /// <summary>The headers that help an operator.</summary>
    public IEnumerable<(string Name, string? Value)> TellingHeaders()
        => Telling.Select(name => (Name: name, Value: Header(name))).Where(header => header.Value is not null);
}

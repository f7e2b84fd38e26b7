namespace Skypunch.Prober.Answers;

/// <summary>The answer to one request of a probe, which may follow redirects.</summary>
internal sealed class Answer(AnswerHead head, bool isOfTarget)
{
    // These say what the body is and where it is, which program answered, what it demands, and under which id the service logged the
    // request.
    private static readonly string[] ShownNames =
    [
        "Content-Type", "Location", "Server", "Via", "WWW-Authenticate", "Retry-After", "X-Openstack-Request-Id", "X-Compute-Request-Id",
    ];

    /// <summary>The status code.</summary>
    public int Status => head.Status;

    /// <summary>Whether the answer comes from the target's own host, and not from a host that it has redirected to.</summary>
    public bool IsOfTarget => isOfTarget;

    /// <summary>The server's words for the status; empty where it has none.</summary>
    public string StatusWords => head.Reason;

    /// <summary>What is wanted of the body; null until the head is complete.</summary>
    public BodyWish? Wish { get; set; }

    /// <summary>As much of the body as was wanted, unpacked.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>How many bytes of the body were read, where it is longer than a Prober reads; null: all that was wanted.</summary>
    public int? CutAt { get; set; }

    /// <summary>The body as text.</summary>
    public string Text => BodyText.Of(Body.Span, Header("Content-Type"));

    /// <summary>A header's value; null where there is none. Several values are listed with commas between.</summary>
    public string? Header(string name) => head.Header(name);

    /// <summary>A header's values, each by itself.</summary>
    public IReadOnlyList<string> Values(string name) => head.Values(name);

    /// <summary>The headers that help an operator.</summary>
    public IEnumerable<(string Name, string? Value)> ShownHeaders()
        => ShownNames.Select(name => (Name: name, Value: Header(name))).Where(header => header.Value is not null);
}

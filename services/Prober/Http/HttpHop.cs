using Skypunch.Contracts.Texts;
using Skypunch.Prober.Answers;

namespace Skypunch.Prober.Http;

/// <summary>
/// One request of a probe: the target's own, or one that a redirect asks for. Not a record: its text would show the headers.
/// </summary>
internal sealed class HttpHop
{
    public required Uri Url { get; init; }

    /// <summary>Whether the request goes to the target's own host, and carries what only that host may see.</summary>
    public bool IsOfTarget { get; init; }

    public required HttpMethod Method { get; init; }

    /// <summary>The headers beside those of every probe, among them the credentials.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; null where there is none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The content type of the body.</summary>
    public string ContentType { get; init; } = "";

    public bool IsHttp2 { get; init; }

    /// <summary>One of <see cref="IpFamilies"/>.</summary>
    public string IpFamily { get; init; } = IpFamilies.Any;

    /// <summary>The proxy; null: the request goes to the target directly.</summary>
    public HttpProxy? Proxy { get; init; }

    public TlsSettings Tls { get; init; } = TlsSettings.Default;

    /// <summary>The same request with other headers.</summary>
    public HttpHop With(IReadOnlyList<KeyValuePair<string, string>> headers) => new()
    {
        Url = Url,
        IsOfTarget = IsOfTarget,
        Method = Method,
        Headers = headers,
        Body = Body,
        ContentType = ContentType,
        IsHttp2 = IsHttp2,
        IpFamily = IpFamily,
        Proxy = Proxy,
        Tls = Tls,
        WishOfBody = WishOfBody,
    };

    /// <summary>What is wanted of the body of an answer.</summary>
    public Func<Answer, BodyWish> WishOfBody { get; init; } = _ => new(BodyUse.Time, () => BodyReader.GlanceTime);
}

namespace Skypunch.Prober.Http;

/// <summary>The head of an answer of HTTP/2.</summary>
internal sealed class Http2Head(HttpResponseMessage response) : AnswerHead
{
    public override int Status => (int)response.StatusCode;

    public override string Reason => response.ReasonPhrase ?? "";

    public override string? Header(string name)
        => response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;
}

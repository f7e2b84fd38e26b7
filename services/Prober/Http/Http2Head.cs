using Skypunch.Prober.Answers;

namespace Skypunch.Prober.Http;

/// <summary>The head of an HTTP/2 answer.</summary>
internal sealed class Http2Head(HttpResponseMessage response) : AnswerHead
{
    public override int Status => (int)response.StatusCode;

    public override string Reason => response.ReasonPhrase ?? "";

    public override string? Header(string name) => Values(name) is { Count: > 0 } values ? string.Join(", ", values) : null;

    public override IReadOnlyList<string> Values(string name)
        => response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? [.. values.Select(WithoutBreaks)]
            : [];

    // As in Http1Head (RFC 9110, section 5.5).
    private static string WithoutBreaks(string value) => value.AsSpan().ContainsAny('\0', '\r', '\n') ? value.Replace('\0', ' ').ReplaceLineEndings(" ") : value;
}

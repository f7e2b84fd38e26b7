using System.Text.Json;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Assertions;

/// <summary>What the assertions of a target are judged by.</summary>
/// <param name="answer">The answer.</param>
/// <param name="latency">How long the probe took, without the authentication.</param>
/// <param name="certificate">Which of the servers' certificates ends first; null without TLS.</param>
/// <param name="now">The time of the judgement.</param>
/// <param name="mask">Hides the secrets in what is shown of the answer.</param>
internal sealed class AnswerFacts(Answer answer, TimeSpan latency, CertificateEnd? certificate, DateTimeOffset now, SecretMask mask)
    : IDisposable
{
    /// <summary>The most levels of a body that is judged as JSON.</summary>
    public const int DeepestJson = 512;

    private const int LongestShown = 120;
    private const int MostMasked = 16 * 1024;

    private string? _text;
    private JsonDocument? _json;

    public TimeSpan Latency => latency;

    public CertificateEnd? Certificate => certificate;

    public DateTimeOffset Now => now;

    /// <summary>The body as text.</summary>
    public string Text => _text ??= answer.Text;

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">The body is no JSON, or has more than <see cref="DeepestJson"/> levels.</exception>
    public JsonElement Json => (_json ??= JsonDocument.Parse(Text, new JsonDocumentOptions { MaxDepth = DeepestJson })).RootElement;

    /// <summary>Whether the body is JSON, whatever its depth.</summary>
    public bool IsTooDeep
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Text, new JsonDocumentOptions { MaxDepth = int.MaxValue });
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    /// <summary>A header's value; null where there is none.</summary>
    public string? Header(string name) => answer.Header(name);

    /// <summary>The beginning of the body, masked and shortened.</summary>
    public string ShownBody => Text.Trim() is { Length: > 0 } text ? $"'{Show(text)}'" : "empty";

    /// <summary>A part of the answer, masked and then shortened: in this order, since half of a secret is not recognised.</summary>
    public string Show(string part)
        => Words.Cap(Masked(part.Length > MostMasked ? part[..MostMasked] : part), LongestShown);

    /// <summary>
    /// The text at a place of the body with what is around it, masked and shortened. A text that is part of a secret is not shown at all.
    /// </summary>
    public string ShowAround(int at, int length)
    {
        var (from, end, to) = (Math.Max(0, at - MostMasked), at + Math.Min(length, MostMasked), (int)Math.Min(Text.Length, (long)at + length + MostMasked));
        var (before, found, after) = (Masked(Text[from..at]), OneLine.Of(Text[at..end]), Masked(Text[end..to]));
        return Masked(Text[from..to]) != before + found + after
            ? "***"
            : $"{LastOf(before, from > 0)}{Words.Cap(found, LongestShown)}{Words.Cap(after, LongestShown / 2)}";
    }

    public void Dispose() => _json?.Dispose();

    private string Masked(string part) => mask.Apply(OneLine.Of(part));

    private static string LastOf(string text, bool isCut)
    {
        var from = Math.Max(0, text.Length - (LongestShown / 2));
        from += from < text.Length && char.IsLowSurrogate(text[from]) ? 1 : 0; // not half of a surrogate pair
        return from > 0 || isCut ? $"…{text[from..]}" : text;
    }
}

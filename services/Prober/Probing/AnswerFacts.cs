using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Prober.Http;

namespace Skypunch.Prober.Probing;

/// <summary>What the assertions of a target are judged by.</summary>
/// <param name="answer">The answer.</param>
/// <param name="latency">How long it took, without the login to Keystone.</param>
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
    /// <exception cref="JsonException">It is none, or has more than <see cref="DeepestJson"/> levels.</exception>
    public JsonElement Json => (_json ??= JsonDocument.Parse(Text, new JsonDocumentOptions { MaxDepth = DeepestJson })).RootElement;

    /// <summary>Whether the body is JSON but for its depth.</summary>
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

    /// <summary>A part of the answer, fit to be shown: masked first and then shortened, as half a secret is not known as one.</summary>
    public string Show(string part)
        => Words.Cap(mask.Apply(OneLine.Of(part.Length > MostMasked ? part[..MostMasked] : part)), LongestShown);

    public void Dispose() => _json?.Dispose();
}

using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Skypunch.Contracts.Texts;

namespace Skypunch.Prober.Tracing;

/// <summary>
/// Replaces a probe's secrets by <c>***</c> in texts that others wrote, also where they are written as a URL, a page or JSON writes them. A
/// secret that is too short (<see cref="MaskableSecret"/>) is left alone.
/// </summary>
internal sealed class SecretMask
{
    private readonly List<string> _secrets = [];
    private readonly List<Func<IEnumerable<string>>> _later = [];

    /// <summary>Adds a secret.</summary>
    public void Add(string secret)
    {
        if (MaskableSecret.Is(secret))
        {
            _secrets.AddRange(Spellings(secret).Where(text => !_secrets.Contains(text)).Distinct());

            // The longest come first, so that no part of a secret is left where another secret is a part of it.
            _secrets.Sort((a, b) => b.Length.CompareTo(a.Length));
        }
    }

    /// <summary>Adds secrets that are computed when a text is masked for the first time, since most probes write no text.</summary>
    public void Add(Func<IEnumerable<string>> secrets) => _later.Add(secrets);

    private static string[] Spellings(string secret) =>
    [
        secret,
        OneLine.Of(secret), // as a line of a trace shows it
        Uri.EscapeDataString(secret),
        WebUtility.UrlEncode(secret),
        WebUtility.HtmlEncode(secret),
        JsonEncodedText.Encode(secret).Value,
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
    ];

    /// <summary>The text without the secrets.</summary>
    public string Apply(string text)
    {
        foreach (var secret in _later.SelectMany(secrets => secrets()))
        {
            Add(secret);
        }

        _later.Clear();
        return _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.OrdinalIgnoreCase));
    }
}

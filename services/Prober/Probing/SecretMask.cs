using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Skypunch.Contracts;

namespace Skypunch.Prober.Probing;

/// <summary>
/// Replaces a probe's secrets in what others wrote by <c>***</c>, also where they are written as a URL, a page or JSON writes them. A secret of less than four characters
/// is left alone: it stands in many a word, and the holes would tell more than they hide.
/// </summary>
internal sealed class SecretMask
{
    private const int ShortestSecret = 4;

    private readonly List<string> _secrets = [];
    private readonly List<Func<IEnumerable<string>>> _later = [];

    /// <summary>From now on this text is a secret.</summary>
    public void Add(string secret)
    {
        if (secret.Length >= ShortestSecret)
        {
            _secrets.AddRange(Spellings(secret).Where(text => !_secrets.Contains(text)).Distinct());

            // The longest first, so that no part of one is left where another is a part of it.
            _secrets.Sort((a, b) => b.Length.CompareTo(a.Length));
        }
    }

    /// <summary>What this tells is a secret, too: it is looked for when a text is masked for the first time, as most probes write none.</summary>
    public void Add(Func<IEnumerable<string>> secrets) => _later.Add(secrets);

    private static string[] Spellings(string secret) =>
    [
        secret,
        OneLine.Of(secret), // as it is shown
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

using System.Diagnostics.CodeAnalysis;
using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels;

/// <summary>
/// The secrets of a notifier's parameters in the forms in which the other end may repeat them: as they are, as a URL has them, and in
/// base64. Of a URL also its parts, of header lines also the values after the names. What is too short (<see cref="MaskableSecret"/>) is
/// left alone. Pure.
/// </summary>
internal sealed class FormSecrets
{
    // A shorter part of a URL is a word such as "v1", which other texts have as well.
    private const int ShortestPart = 6;

    private readonly List<string> _texts;

    private FormSecrets(IEnumerable<string> texts)
        => _texts = [.. texts.Where(MaskableSecret.Is).Distinct(StringComparer.Ordinal).OrderByDescending(text => text.Length)];

    /// <summary>The secrets of a form. A form whose parameters cannot be read has none: no message was sent with them.</summary>
    public static FormSecrets Of(ChannelDescription description, ChannelForm form)
        => ParameterText.TryParse(form.Parameters, out var values, out _)
            ? new FormSecrets(description.Parameters
                .Where(parameter => parameter.IsSecret && values.ContainsKey(parameter.Name))
                .SelectMany(parameter => Parts(parameter.Kind, values[parameter.Name]))
                .SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) }))
            : new FormSecrets([]);

    /// <summary>The text without the secrets.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Mask(string? text) => text is null ? null : _texts.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));

    private static IEnumerable<string> Parts(ParameterKind kind, string value) => kind switch
    {
        ParameterKind.Url => [value, .. PartsOfUrl(value)],
        ParameterKind.Lines => [value, .. value.Split('\n').Select(line => line[(line.IndexOf(':') + 1)..].Trim())],
        _ => [value],
    };

    private static IEnumerable<string> PartsOfUrl(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url))
        {
            return [];
        }

        string[] parts = [.. url.AbsolutePath.Split('/'), .. url.Query.TrimStart('?').Split('&', '=')];
        return parts.Concat(parts.Select(Uri.UnescapeDataString)).Append(url.PathAndQuery).Append(url.UserInfo).Where(part => part.Length >= ShortestPart);
    }
}

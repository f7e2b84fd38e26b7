using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Cli.Output;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Export;

/// <summary>Writes a configuration file: YAML that <c>apply</c> reads back as it was, in the style of skypunch.yaml.</summary>
internal sealed partial class ConfigText
{
    private static readonly string[] Words = ["true", "false", "yes", "no", "on", "off", "null"];
    private readonly StringBuilder _text = new();
    private bool _isFirst;

    public override string ToString() => _text.ToString();

    /// <summary>A remark on a line of its own.</summary>
    public void Remark(string words) => _text.Append("# ").Append(words).Append('\n');

    /// <summary>Begins a list; an empty list is written as <c>[]</c>.</summary>
    public void List(string key, bool isEmpty) => _text.Append('\n').Append(key).Append(isEmpty ? ": []\n" : ":\n");

    /// <summary>Begins an entry of the list.</summary>
    public void Entry() => _isFirst = true;

    /// <summary>A key and its value; nothing where the value is empty or the default.</summary>
    public void Pair(string key, string value, string standard = "", int level = 0)
    {
        if (value.Length == 0 || value == standard)
        {
            return;
        }

        if (!Block().IsMatch(value))
        {
            Line(level, $"{key}: {Scalar(value)}");
            return;
        }

        Line(level, $"{key}: |-");
        foreach (var line in Escaped(value).Split('\n'))
        {
            Line(level + 1, line);
        }
    }

    /// <summary>A key that is true or false; nothing where that is the default.</summary>
    public void Pair(string key, bool value, bool standard, int level = 0)
    {
        if (value != standard)
        {
            Line(level, $"{key}: {(value ? "true" : "false")}");
        }
    }

    /// <inheritdoc cref="Pair(string, string, string, int)"/>
    public void Pair(string key, Duration? value)
    {
        if (value is not null)
        {
            Line(0, $"{key}: {DurationText.Of(value.ToTimeSpan())}");
        }
    }

    /// <summary>A key with more below it.</summary>
    public void Group(string key) => Line(0, $"{key}:");

    /// <summary>A key and its value below a key, even where the value is empty.</summary>
    public void Entry(string key, string value) => Line(1, $"{key}: {Scalar(value)}");

    /// <summary>An item of a list below a key.</summary>
    public void Item(string value) => Line(1, $"- {Scalar(value)}");

    /// <summary>A key whose value the server does not give.</summary>
    public void Secret(string form, string remedy, int level = 0) => Line(level, $"# {form}  # secret, so not exported: {remedy}");

    private void Line(int level, string text)
    {
        _text.Append(_isFirst ? "  - " : "    ").Append(' ', 2 * level).Append(text).Append('\n');
        _isFirst = false;
    }

    // A dollar that would begin a variable is doubled.
    private static string Escaped(string value) => Variable().Replace(value, "$$$$");

    // What is not plain is quoted, with the escapes that YAML has from JSON.
    private static string Scalar(string value)
    {
        var text = Escaped(value);
        return Plain().IsMatch(text) && !Words.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? text
            : $"\"{Printable.InJson(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value)}\"";
    }

    [GeneratedRegex(@"\$(?=[{$])")]
    private static partial Regex Variable();

    // Several lines, such as those of a certificate.
    [GeneratedRegex(@"\A[!-~][ -~]*(?:\n[!-~][ -~]*)+\z")]
    private static partial Regex Block();

    // No ': ', no ' #', no white space at the end.
    [GeneratedRegex(@"\A[A-Za-z0-9/](?:[A-Za-z0-9/_.,@+=?&$%<>()-]|:(?=[^ ])| (?=[^ #]))*\z")]
    private static partial Regex Plain();
}

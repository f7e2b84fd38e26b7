using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// Reads a member's name in single or double quotes: the string-literal of RFC 9535, with the escapes of JSON and an escape of its own
/// quote.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="begin">The index of the opening quote.</param>
internal sealed class QuotedName(string text, int begin)
{
    private const string Escapes = "bfnrt/\\";
    private const string Meanings = "\b\f\n\r\t/\\";

    private readonly StringBuilder _name = new();
    private readonly int _begin = begin;
    private readonly char _quote = text[begin];
    private int _at = begin + 1;

    /// <summary>The index of the first character after the closing quote.</summary>
    public int At => _at;

    /// <summary>Reads the name.</summary>
    public bool TryRead([NotNullWhen(true)] out string? name, [NotNullWhen(false)] out TextFault? fault)
    {
        name = null;
        for (fault = null; fault is null;)
        {
            if (_at >= text.Length)
            {
                fault = new TextFault(_begin, $"begins a name whose end, another {_quote}, is missing");
            }
            else if (text[_at] == _quote)
            {
                _at++;
                name = _name.ToString();
                return true;
            }
            else
            {
                fault = text[_at] == '\\' ? TakeEscape() : TakeCharacter();
            }
        }

        return false;
    }

    private TextFault? TakeCharacter()
    {
        if (text[_at] < ' ' || Rune.DecodeFromUtf16(text.AsSpan(_at), out _, out var length) is not OperationStatus.Done)
        {
            return new TextFault(_at, "there is a control character or half a character; within quotes it is written as \\uXXXX");
        }

        _name.Append(text, _at, length);
        _at += length;
        return null;
    }

    private TextFault? TakeEscape()
    {
        var escape = _at + 1 < text.Length ? text[_at + 1] : '\0';
        if (escape == 'u')
        {
            return TakeHex();
        }

        var known = escape == _quote ? -1 : Escapes.IndexOf(escape, StringComparison.Ordinal);
        if (escape != _quote && known < 0)
        {
            return new TextFault(_at, $"there must be an escape: \\ before one of b f n r t / \\ {_quote}, or \\uXXXX");
        }

        _name.Append(known < 0 ? _quote : Meanings[known]);
        _at += 2;
        return null;
    }

    private TextFault? TakeHex()
    {
        var from = _at;
        if (TakeUnit() is not { } first)
        {
            return new TextFault(from, "there must be \\u with four hexadecimal digits");
        }

        _name.Append(first);
        if (!char.IsSurrogate(first))
        {
            return null;
        }

        if (!char.IsHighSurrogate(first) || TakeUnit() is not { } second || !char.IsLowSurrogate(second))
        {
            return new TextFault(from, "there is half a character; beyond \\uFFFF two escapes make a character, as in \\uD83D\\uDE00");
        }

        _name.Append(second);
        return null;
    }

    private char? TakeUnit()
    {
        var hex = _at + 6 <= text.Length && text[_at] == '\\' && text[_at + 1] == 'u' ? text.AsSpan(_at + 2, 4) : default;
        if (!ushort.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            return null;
        }

        _at += 6;
        return (char)unit;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// Reads a singular query of RFC 9535 (its ABNF is in appendix A). More text may follow: the path ends where no further segment begins.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="begin">Where the path begins.</param>
/// <param name="isStored">
/// Whether the path comes from a row. Then a name without quotes may contain a hyphen and begin with a digit, as in earlier releases.
/// </param>
internal sealed class JsonPathReader(string text, int begin, bool isStored)
{
    private const string OnlyOne = "selects several values; an assertion is about one, which is not found by *, .., ?, a slice or a list, but by names and indexes";
    private const string OddName = "a name of other characters than letters, digits and _, or with a digit first, is written in quotes: $['odd-name']";
    private const long FarthestIndex = (1L << 53) - 1; // the largest integer of I-JSON, RFC 7493

    private readonly List<object> _segments = [];
    private readonly int _begin = begin;
    private int _at = begin;

    /// <summary>The index of the first character after the path.</summary>
    public int At => _at;

    /// <summary>What is wrong; null as long as nothing is wrong.</summary>
    public TextFault? Fault { get; private set; }

    /// <summary>The fault that says what may follow the path, for where something else follows.</summary>
    public TextFault WhatMayFollow => new(_at, $"the path cannot go on; .name, ['name'], [index] or a blank and an operator may stand there; {OddName}");

    /// <summary>Reads the path; null: there is a fault.</summary>
    public JsonPath? Read()
    {
        if (!Take('$'))
        {
            Refuse(_at, "there must be a path, which begins with $, as in $.services[0].state");
            return null;
        }

        for (var end = _at; ; end = _at)
        {
            SkipBlanks();
            if (Next is not ('.' or '['))
            {
                _at = end; // the blanks do not belong to the path
                return new JsonPath(text[_begin..end], _segments);
            }

            if (Take('.') ? !TakeName() : !TakeBrackets())
            {
                return null;
            }
        }
    }

    private char Next => _at < text.Length ? text[_at] : '\0';

    private bool TakeName()
    {
        if (Next is '.' or '*')
        {
            return Refuse(_at - 1, OnlyOne);
        }

        var from = _at;
        while (Rune.DecodeFromUtf16(text.AsSpan(_at), out var rune, out var length) is OperationStatus.Done
            && IsOfName(rune, isFirst: _at == from))
        {
            _at += length;
        }

        if (_at == from)
        {
            return Refuse(from, $"there must be a name; {OddName}");
        }

        _segments.Add(text[from.._at]);
        return true;
    }

    private bool IsOfName(Rune rune, bool isFirst)
        => rune.Value > 0x7f || Rune.IsLetter(rune) || rune.Value == '_' || (Rune.IsDigit(rune) && (!isFirst || isStored)) || (rune.Value == '-' && isStored);

    private bool TakeBrackets()
    {
        Take('[');
        SkipBlanks();
        if (!(Next is '\'' or '"' ? TakeQuoted() : TakeIndex()))
        {
            return false;
        }

        SkipBlanks();
        return Take(']') || Refuse(_at, Next is ',' or ':' ? OnlyOne : "there must be ], which ends the name or index");
    }

    private bool TakeQuoted()
    {
        var quoted = new QuotedName(text, _at);
        if (!quoted.TryRead(out var name, out var fault))
        {
            return Refuse(fault.At, fault.Words);
        }

        _segments.Add(name);
        _at = quoted.At;
        return true;
    }

    private bool TakeIndex()
    {
        var from = _at;
        Take('-');
        while (char.IsAsciiDigit(Next))
        {
            _at++;
        }

        var number = text.AsSpan(from, _at - from);
        if (number.IsEmpty)
        {
            return Refuse(from, Next is '*' or '?' or ':' ? OnlyOne : "there must be a name in quotes or an index, as in ['name'] or [0] or [-1]");
        }

        if (number is "-" or "-0" || (number.TrimStart('-') is ['0', _, ..]))
        {
            return Next is ':' ? Refuse(from, OnlyOne) : Refuse(from, "there must be an index: 0, or digits without a zero first, with - before them to count from the end");
        }

        if (!long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            || index is < -FarthestIndex or > FarthestIndex)
        {
            return Refuse(from, FormattableString.Invariant($"there must be an index from {-FarthestIndex} to {FarthestIndex}"));
        }

        _segments.Add(index);
        return true;
    }

    private bool Take(char wanted)
    {
        var isThere = Next == wanted && _at < text.Length;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private void SkipBlanks()
    {
        while (Next is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private bool Refuse(int at, string words)
    {
        Fault = new TextFault(at, words);
        return false;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// The head of an HTTP/1.1 answer (RFC 9112, sections 4 and 5). It keeps the bytes and looks for a header when somebody asks, since most
/// headers of most answers are never read.
/// </summary>
internal sealed class Http1Head : AnswerHead
{
    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\0\r"u8);

    private readonly byte[] _lines;

    private Http1Head(int status, string reason, byte[] lines)
    {
        Status = status;
        Reason = reason;
        _lines = lines;
    }

    public override int Status { get; }

    public override string Reason { get; }

    /// <summary>The length of the head that the bytes begin with, its empty line included; 0: the head is not complete.</summary>
    /// <param name="bytes">The bytes that have come.</param>
    /// <param name="searched">How many of them were searched before.</param>
    public static int LengthIn(ReadOnlySpan<byte> bytes, int searched)
    {
        var from = Math.Max(0, searched - 2); // an end may have begun in the last two bytes
        while (bytes[from..].IndexOf((byte)'\n') is >= 0 and var found)
        {
            from += found + 1;
            var rest = bytes[from..];
            if (rest.StartsWith("\n"u8))
            {
                return from + 1;
            }

            if (rest.StartsWith("\r\n"u8))
            {
                return from + 2;
            }
        }

        return 0;
    }

    /// <summary>Whether bytes can be the beginning of an answer.</summary>
    public static bool CanBegin(ReadOnlySpan<byte> bytes)
    {
        var name = "HTTP/1."u8;
        var common = Math.Min(bytes.Length, name.Length);
        return bytes[..common].SequenceEqual(name[..common]);
    }

    /// <summary>Reads a head that ends with its empty line.</summary>
    /// <exception cref="HttpIOException">It is no head of HTTP/1.1.</exception>
    public static Http1Head Parse(ReadOnlySpan<byte> bytes)
    {
        var begun = OfStatusLine(bytes) ?? throw new HttpIOException(HttpRequestError.InvalidResponse, "The head is not one of HTTP/1.1.");
        var lines = bytes[(bytes.IndexOf((byte)'\n') + 1)..].ToArray();
        Check(lines);
        return new Http1Head(begun.Status, begun.Reason, lines);
    }

    /// <summary>A head of which only the status line is known; null where that line has not come, or is no status line.</summary>
    public static Http1Head? OfStatusLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var line = end < 0 ? default : WithoutReturn(bytes[..end]);

        // HTTP/1.x SP 3DIGIT [SP reason]
        if (line.Length < 12 || !CanBegin(line) || !IsDigit(line[7]) || line[8] != ' ' || !IsDigit(line[9]) || !IsDigit(line[10]) || !IsDigit(line[11])
            || (line.Length > 12 && line[12] != ' '))
        {
            return null;
        }

        var status = ((line[9] - '0') * 100) + ((line[10] - '0') * 10) + (line[11] - '0');
        var reason = line.Length > 13 ? Encoding.Latin1.GetString(line[13..]) : "";
        return new Http1Head(status, reason.AsSpan().ContainsAny('\0', '\r') ? reason.Replace('\0', ' ').Replace('\r', ' ') : reason, []);
    }

    public override string? Header(string name)
    {
        string? value = null;
        StringBuilder? more = null; // a server may repeat a header ten thousand times
        var isWanted = false;
        for (ReadOnlySpan<byte> rest = _lines; TakeValue(ref rest, name, ref isWanted, out var next, out var isFolded);)
        {
            if (value is null)
            {
                value = next;
                continue;
            }

            more ??= new StringBuilder(value);
            more.Append(isFolded ? " " : ", ").Append(next);
        }

        return more?.ToString() ?? value;
    }

    public override IReadOnlyList<string> Values(string name)
    {
        List<string> values = [];
        var isWanted = false;
        for (ReadOnlySpan<byte> rest = _lines; TakeValue(ref rest, name, ref isWanted, out var next, out var isFolded);)
        {
            if (isFolded)
            {
                values[^1] = $"{values[^1]} {next}";
            }
            else
            {
                values.Add(next);
            }
        }

        return values;
    }

    // A line has a name, a colon and a value. A line that begins with a blank continues the line before (obs-fold). Blanks before the colon
    // are a fault of old servers that every client accepts. NUL and CR would end a line or a text for a later reader of the value, so each
    // becomes a space (RFC 9110, section 5.5).
    private static void Check(Span<byte> lines)
    {
        ReadOnlySpan<byte> rest = lines;
        for (var number = 2; TakeLine(ref rest, out var line); number++)
        {
            var colon = line.IndexOf((byte)':');
            var isFine = IsFolded(line) ? number > 2 : colon > 0 && !NameOf(line[..colon]).ContainsAny(" \t\0\r"u8);
            if (!isFine)
            {
                var shown = Words.Quote(Encoding.Latin1.GetString(line[..Math.Min(line.Length, 200)]));
                throw new MalformedAnswer(string.Create(CultureInfo.InvariantCulture, $"line {number} of the answer's head is malformed: {shown}"));
            }

            if (line.ContainsAny((byte)'\0', (byte)'\r'))
            {
                var end = lines.Length - rest.Length - 1;
                end -= end > 0 && lines[end - 1] == '\r' ? 1 : 0;
                lines.Slice(end - line.Length, line.Length).ReplaceAny(Breaks, (byte)' ');
            }
        }
    }

    private static bool TakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? default : WithoutReturn(rest[..end]);
        rest = rest[(end + 1)..];
        return !line.IsEmpty;
    }

    // The next value of a header, or the next part of a folded value.
    private static bool TakeValue(ref ReadOnlySpan<byte> rest, string name, ref bool isWanted, out string value, out bool isFolded)
    {
        isFolded = false;
        while (TakeLine(ref rest, out var line))
        {
            isFolded = IsFolded(line);
            if (!isFolded)
            {
                var colon = line.IndexOf((byte)':');
                isWanted = Ascii.EqualsIgnoreCase(NameOf(line[..colon]), name);
                line = line[(colon + 1)..];
            }

            if (isWanted)
            {
                value = Decode(line.Trim(" \t"u8), name);
                return true;
            }
        }

        value = "";
        return false;
    }

    private static bool IsFolded(ReadOnlySpan<byte> line) => line[0] is (byte)' ' or (byte)'\t';

    private static bool IsDigit(byte character) => char.IsAsciiDigit((char)character);

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line is [.., (byte)'\r'] ? line[..^1] : line;

    // Headers are in ISO 8859-1, but many servers that redirect to a path beyond ASCII write it in UTF-8. HttpClient reads Location so,
    // too.
    private static string Decode(ReadOnlySpan<byte> value, string name)
        => name.Equals("Location", StringComparison.OrdinalIgnoreCase) && Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : Encoding.Latin1.GetString(value);

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> beforeColon) => beforeColon.TrimEnd(" \t"u8);
}

using System.Text;
using System.Text.Unicode;

namespace Skypunch.Prober.Http;

/// <summary>
/// The head of an answer of HTTP/1.1 (RFC 9112, sections 4 and 5). Keeps the bytes and looks for a header when somebody asks: most headers of most answers are
/// never read.
/// </summary>
internal sealed class Http1Head : AnswerHead
{
    private readonly byte[] _lines;

    private Http1Head(int status, string reason, byte[] lines)
    {
        Status = status;
        Reason = reason;
        _lines = lines;
    }

    public override int Status { get; }

    public override string Reason { get; }

    /// <summary>Where the head ends that the bytes begin with: behind its empty line; 0: it goes on.</summary>
    /// <param name="bytes">What has come.</param>
    /// <param name="searched">How many of them were searched before.</param>
    public static int LengthIn(ReadOnlySpan<byte> bytes, int searched)
    {
        var from = Math.Max(0, searched - 2); // an end may have begun there
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

    /// <summary>Whether bytes can be the begin of an answer.</summary>
    public static bool CanBegin(ReadOnlySpan<byte> bytes)
    {
        var name = "HTTP/1."u8;
        var common = Math.Min(bytes.Length, name.Length);
        return bytes[..common].SequenceEqual(name[..common]);
    }

    /// <summary>Reads a head that ends with its empty line.</summary>
    /// <exception cref="HttpIOException">It is none.</exception>
    public static Http1Head Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var line = WithoutReturn(bytes[..end]);

        // HTTP/1.x SP 3DIGIT [SP reason]
        if (line.Length < 12 || !CanBegin(line) || !IsDigit(line[7]) || line[8] != ' ' || !IsDigit(line[9]) || !IsDigit(line[10]) || !IsDigit(line[11])
            || (line.Length > 12 && line[12] != ' '))
        {
            throw NoHttp();
        }

        var status = ((line[9] - '0') * 100) + ((line[10] - '0') * 10) + (line[11] - '0');
        var lines = bytes[(end + 1)..].ToArray();
        Check(lines);
        return new Http1Head(status, line.Length > 13 ? Encoding.Latin1.GetString(line[13..]) : "", lines);
    }

    public override string? Header(string name)
    {
        string? value = null;
        StringBuilder? more = null; // a server may repeat a header ten thousand times
        var isOurs = false;
        for (ReadOnlySpan<byte> rest = _lines; TakeLine(ref rest, out var line);)
        {
            var isFolded = IsFolded(line);
            if (!isFolded)
            {
                var colon = line.IndexOf((byte)':');
                isOurs = Ascii.EqualsIgnoreCase(NameOf(line[..colon]), name);
                line = line[(colon + 1)..];
            }

            if (isOurs)
            {
                var next = Decode(line.Trim(" \t"u8), name);
                if (value is null)
                {
                    value = next;
                    continue;
                }

                more ??= new StringBuilder(value);
                more.Append(isFolded ? " " : ", ").Append(next);
            }
        }

        return more?.ToString() ?? value;
    }

    // A name, a colon, a value; a line that begins with a blank goes on with the one before (obs-fold). Blanks before the colon are a fault of old servers that
    // every client lets pass.
    private static void Check(ReadOnlySpan<byte> lines)
    {
        var isFirst = true;
        while (TakeLine(ref lines, out var line))
        {
            var colon = line.IndexOf((byte)':');
            var isFine = IsFolded(line) ? !isFirst : colon > 0 && !NameOf(line[..colon]).ContainsAny(" \t"u8);
            if (!isFine)
            {
                throw NoHttp();
            }

            isFirst = false;
        }
    }

    private static bool TakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? default : WithoutReturn(rest[..end]);
        rest = rest[(end + 1)..];
        return !line.IsEmpty;
    }

    private static bool IsFolded(ReadOnlySpan<byte> line) => line[0] is (byte)' ' or (byte)'\t';

    private static bool IsDigit(byte character) => char.IsAsciiDigit((char)character);

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line is [.., (byte)'\r'] ? line[..^1] : line;

    // ISO 8859-1, but many a server that redirects to a path beyond ASCII writes it in UTF-8; HttpClient reads it so, too.
    private static string Decode(ReadOnlySpan<byte> value, string name)
        => name.Equals("Location", StringComparison.OrdinalIgnoreCase) && Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : Encoding.Latin1.GetString(value);

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> beforeColon) => beforeColon.TrimEnd(" \t"u8);

    private static HttpIOException NoHttp() => new(HttpRequestError.InvalidResponse, "The head is not one of HTTP/1.1.");
}

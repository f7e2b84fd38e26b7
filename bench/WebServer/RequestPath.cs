using System.Buffers.Text;

namespace Skypunch.Bench.WebServer;

/// <summary>The path of a request: <c>GET /KIND/ID</c>.</summary>
/// <param name="Kind">The first letter of the kind: o(k), s(low) or h(ang).</param>
/// <param name="TargetId">The id of the target.</param>
internal readonly record struct RequestPath(byte Kind, int TargetId)
{
    private static ReadOnlySpan<byte> EndOfHeaders => "\r\n\r\n"u8;

    /// <summary>Finds the first request in the received bytes.</summary>
    /// <param name="received">The received bytes.</param>
    /// <param name="path">The path of the request; its id is 0 if the bench knows no such target.</param>
    /// <returns>The length of the request; 0 if it has not arrived in full.</returns>
    public static int TryRead(ReadOnlySpan<byte> received, out RequestPath path)
    {
        path = default;
        var end = received.IndexOf(EndOfHeaders);
        if (end < 0)
        {
            return 0;
        }

        var start = received.IndexOf((byte)'/') + 1;
        var slash = received[start..].IndexOf((byte)'/');
        if (start > 0 && slash > 0 && Utf8Parser.TryParse(received[(start + slash + 1)..], out int id, out _))
        {
            path = new RequestPath(received[start], id);
        }

        return end + EndOfHeaders.Length;
    }
}

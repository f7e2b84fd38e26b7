using System.Buffers.Binary;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>Sends valid and invalid HTTP/2 frames to the real probe over loopback.</summary>
public sealed class Http2AnswerTests
{
    private const byte Headers = 1;
    private const int PrefaceBytes = 24;

    private static readonly int[] Streams = [1, 1, 1, 1, 0, 2, 3, int.MaxValue];

    // HPACK: indexed fields of the static table, literals with and without a name from the table, and an update of the dynamic table's
    // size.
    private static readonly byte[][] Fields =
    [
        [0x88], [0x89], [0x8d], [0x8e], [0x0f, 0x0d, 1, (byte)'5'], [0x0f, 0x0b, 4, .. "gzip"u8], [0x0f, 0x1f, 2, .. "/a"u8], [0x00, 1, (byte)'x', 1, (byte)'y'], [0x00, 7, .. ":status"u8, 3, .. "2x0"u8], [0x3f, 0xe1, 0x1f],
        [0x40, 1, (byte)'X', 0x81, 0xff], [0x7f, 0xff, 0xff, 0xff, 0xff, 0x0f], [0x00, 0x7f, 0xff, 0xff, 0x7f], [0x48, 3, .. "999"u8], [0x0f, 0x10, 16, .. "application/json"u8],
    ];

    [Fact]
    public async Task Every_answer_ends_in_a_result()
    {
        await using var fuzz = new AnswerFuzz();
        await FuzzRun.EachAsync(400, 6, async (_, random) =>
        {
            var frames = Answer(random);
            await using var server = new RawServer(async (stream, token) =>
            {
                await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, token);
                await stream.ReadExactlyAsync(new byte[PrefaceBytes], token);
                await UntilHeadersAsync(stream, token);
                await stream.WriteAsync(frames, token);
                stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
                await stream.CopyToAsync(Stream.Null, token);
            });
            return await fuzz.ProbeAsync(random, server.Url, follows: false, isHttp2: true);
        });
    }

    private static async Task UntilHeadersAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[9];
        do
        {
            await stream.ReadExactlyAsync(head, cancellationToken);
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], cancellationToken);
        }
        while (head[3] != Headers);
    }

    private static byte[] Answer(Random random)
    {
        using var answer = new MemoryStream();
        if (random.Next(4) > 0)
        {
            Write(answer, random, Headers, flags: 4, stream: 1, [0x88, .. random.Next(2) == 0 ? Block(random) : []]);
        }

        for (var frames = random.Next(6); frames > 0; frames--)
        {
            var type = (byte)random.Next(12);
            Write(answer, random, type, (byte)random.Next(256), Streams[random.Next(Streams.Length)], type is Headers or 9 ? Block(random) : Payload(random));
        }

        if (random.Next(2) == 0)
        {
            Write(answer, random, 0, flags: 1, stream: 1, "{\"a\":1}"u8.ToArray());
        }

        var bytes = answer.ToArray();
        for (var flips = random.Next(3) == 0 ? random.Next(4) : 0; flips > 0 && bytes.Length > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static byte[] Block(Random random) => [.. Enumerable.Range(0, random.Next(1, 5)).SelectMany(_ => Fields[random.Next(Fields.Length)])];

    private static byte[] Payload(Random random)
    {
        var payload = new byte[random.Next(8) switch { 0 => 0, 1 => random.Next(20_000), 2 => 8, 3 => 4, 4 => 5, _ => random.Next(60) }];
        random.NextBytes(payload);
        return payload;
    }

    private static void Write(MemoryStream to, Random random, byte type, byte flags, int stream, byte[] payload)
    {
        Span<byte> head = stackalloc byte[9];
        var length = payload.Length + (random.Next(30) == 0 ? random.Next(-5, 100) : 0);
        BinaryPrimitives.WriteInt32BigEndian(head, Math.Max(0, length) << 8);
        (head[3], head[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(head[5..], stream);
        to.Write(head);
        to.Write(payload);
    }
}

using System.Text;
using Skypunch.Prober.Http;
using Skypunch.Prober.Tracing;

namespace Skypunch.UnitTests.Prober;

public sealed class Http1ReaderTests
{
    private const int Most = Http1Reader.MaxHeadKib * 1024;

    public static TheoryData<int> Sizes => [.. PiecesStream.Sizes];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_head_is_read_up_to_its_end_in_pieces_of_any_size(int size)
    {
        using var reader = Over("HTTP/1.1 200 OK\r\nA: b\r\n folded\r\nC: d\r\n\r\nbody", size);

        var head = await ReadHeadAsync(reader);

        Assert.Equal((200, "OK", "b folded", "d"), (head.Status, head.Reason, head.Header("a"), head.Header("c")));
        Assert.Equal("body", await RestAsync(reader));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Interim_heads_are_passed_over_however_many_there_are(int size)
    {
        var interim = string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\nLink: x\n\n", 500));
        using var reader = Over($"{interim}HTTP/1.1 204 No Content\r\nA: b\r\n\r\nrest", size);

        var head = await ReadHeadAsync(reader);

        Assert.Equal((204, "b", null), (head.Status, head.Header("A"), head.Header("Link")));
        Assert.Equal("rest", await RestAsync(reader));
    }

    [Fact]
    public async Task A_change_of_protocol_is_a_final_answer()
    {
        using var reader = Over("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", int.MaxValue);

        Assert.Equal(101, (await ReadHeadAsync(reader)).Status);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_head_may_have_64_KiB_and_not_a_byte_more(int size)
    {
        using var longest = Over(HeadOf(Most) + "body", size);
        using var longer = Over(HeadOf(Most + 1) + "body", size);
        using var together = Over("HTTP/1.1 100 Continue\r\n\r\n" + HeadOf(Most - 24) + "body", size);

        Assert.Equal(200, (await ReadHeadAsync(longest)).Status);
        Assert.Equal("body", await RestAsync(longest));
        await ThrowsAsync(HttpRequestError.ConfigurationLimitExceeded, () => ReadHeadAsync(longer));
        await ThrowsAsync(HttpRequestError.ConfigurationLimitExceeded, () => ReadHeadAsync(together));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nA: ")]
    [InlineData("HTTP/1.1 200 ")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ")]
    public async Task An_endless_head_is_cut_off_at_64_KiB(string begin)
    {
        var endless = new PiecesStream(Encoding.Latin1.GetBytes(begin + new string('x', 10 * Most)), int.MaxValue);
        using var reader = new Http1Reader(endless, Waiting());

        await ThrowsAsync(HttpRequestError.ConfigurationLimitExceeded, () => ReadHeadAsync(reader));

        Assert.InRange(endless.Position, Most, 3 * Most);
    }

    [Fact]
    public async Task Endless_interim_heads_are_cut_off_too()
    {
        using var reader = Over(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", Most)), 4096);

        await ThrowsAsync(HttpRequestError.ConfigurationLimitExceeded, () => ReadHeadAsync(reader));
    }

    [Fact]
    public async Task A_connection_that_is_closed_anywhere_in_a_head_is_said_to_be()
    {
        const string Whole = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n";
        for (var length = 0; length < Whole.Length; length++)
        {
            using var reader = Over(Whole[..length], 3);

            await ThrowsAsync(HttpRequestError.ResponseEnded, () => ReadHeadAsync(reader));
        }
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.9")]
    [InlineData("H2")]
    [InlineData("\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n220 mail.example")]
    public async Task What_cannot_become_HTTP_is_not_waited_for(string begin)
    {
        using var reader = new Http1Reader(new SilentStream(begin), Waiting());

        await ThrowsAsync(HttpRequestError.InvalidResponse, () => ReadHeadAsync(reader));
    }

    [Fact]
    public async Task The_first_byte_is_noted_when_it_comes_and_only_once()
    {
        var trace = Waiting();
        using var reader = new Http1Reader(new PiecesStream("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), 1), trace);

        await ReadHeadAsync(reader);

        Assert.Equal(ProbePhase.Transfer, trace.Phase);
        Assert.Single(trace.Write(new SecretMask()), step => step.Text == "First byte of the answer");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("a", 10)]
    [InlineData("00Ff", 255)]
    [InlineData("5 ", 5)]
    [InlineData("5;name=value;other=\"a;b\"", 5)]
    [InlineData("fffffffffffffff", 0xfffffffffffffff)]
    [InlineData("7fffffffffffffff", long.MaxValue)]
    public async Task The_size_of_a_chunk_is_hexadecimal_and_what_extends_it_is_passed_over(string line, long length)
    {
        foreach (var size in PiecesStream.Sizes)
        {
            using var reader = Over($"{line}\r\nrest", size);

            Assert.Equal(length, await reader.ReadChunkSizeAsync(TestContext.Current.CancellationToken));
            Assert.Equal("rest", await RestAsync(reader));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("0x5")]
    [InlineData("5g")]
    [InlineData("5 5")]
    [InlineData(";name")]
    [InlineData("ffffffffffffffff")]
    [InlineData("10000000000000000")]
    [InlineData("99999999999999999999999999")]
    public async Task A_malformed_chunk_size_is_refused(string line)
    {
        using var reader = Over($"{line}\r\nrest", 4096);

        await ThrowsAsync(HttpRequestError.InvalidResponse, () => reader.ReadChunkSizeAsync(TestContext.Current.CancellationToken).AsTask());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_line_of_a_chunk_may_have_4_KiB_and_not_a_byte_more(int size)
    {
        using var longest = Over($"5;{new string('x', 4093)}\r\n", size);
        using var longer = Over($"5;{new string('x', 4094)}\r\n", size);
        using var longerAfterHead = Over($"{HeadOf(30_000)}5;{new string('x', 4094)}\r\n", size);
        await ReadHeadAsync(longerAfterHead); // enlarges the buffer

        Assert.Equal(5, await longest.ReadChunkSizeAsync(TestContext.Current.CancellationToken));
        await ThrowsAsync(HttpRequestError.InvalidResponse, () => longer.ReadChunkSizeAsync(TestContext.Current.CancellationToken).AsTask());
        await ThrowsAsync(HttpRequestError.InvalidResponse, () => longerAfterHead.ReadChunkSizeAsync(TestContext.Current.CancellationToken).AsTask());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task There_may_be_many_trailers(int size)
    {
        using var reader = Over(string.Concat(Enumerable.Range(0, 200).Select(i => $"Trailer-{i}: x\r\n")) + "\r\nrest", size);

        await reader.ReadTrailersAsync(TestContext.Current.CancellationToken);

        Assert.Equal("rest", await RestAsync(reader));
    }

    [Theory]
    [InlineData("A: b\r\n")]
    [InlineData("A: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n")]
    [InlineData("AAAAAAAA")]
    public async Task Endless_trailers_are_refused(string trailer)
    {
        using var reader = Over(string.Concat(Enumerable.Repeat(trailer, Most)), 4096);

        await ThrowsAsync(HttpRequestError.InvalidResponse, () => reader.ReadTrailersAsync(TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task The_connection_may_be_cut_off_while_it_is_waited_for()
    {
        using var over = new CancellationTokenSource();
        using var reader = new Http1Reader(new SilentStream("HTTP/1.1 "), Waiting());

        var reading = reader.ReadHeadAsync(over.Token).AsTask();
        Assert.False(reading.IsCompleted);
        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static Http1Reader Over(string text, int size) => new(new PiecesStream(Encoding.Latin1.GetBytes(text), size), Waiting());

    private static ProbeTrace Waiting()
    {
        var trace = new ProbeTrace(TimeProvider.System);
        trace.Sent();
        return trace;
    }

    private static string HeadOf(int length)
    {
        const string Begin = "HTTP/1.1 200 OK\r\nA: ";
        return $"{Begin}{new string('x', length - Begin.Length - 4)}\r\n\r\n";
    }

    private static Task<Http1Head> ReadHeadAsync(Http1Reader reader) => reader.ReadHeadAsync(TestContext.Current.CancellationToken).AsTask();

    private static async Task<string> RestAsync(Http1Reader reader)
    {
        var rest = new List<byte>();
        var buffer = new byte[3];
        int count;
        while ((count = await reader.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            rest.AddRange(buffer[..count]);
        }

        return Encoding.Latin1.GetString([.. rest]);
    }

    private static async Task ThrowsAsync(HttpRequestError error, Func<Task> read)
        => Assert.Equal(error, (await Assert.ThrowsAnyAsync<HttpIOException>(read)).HttpRequestError);

    /// <summary>A connection that stays open after its bytes, without sending more.</summary>
    private sealed class SilentStream(string begin) : MemoryStream(Encoding.Latin1.GetBytes(begin), writable: false)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}

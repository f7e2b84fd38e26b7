using System.Net.Sockets;
using System.Text;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class HttpProbeTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    [Fact]
    public async Task A_target_that_does_what_is_expected_passes()
    {
        await using var server = RawServer.Answering(Ok);

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((true, ProbeReasons.Ok, "OK", 200), (result.Passed, result.Reason, result.Description, result.StatusCode));
        Assert.NotNull(result.Timings.Connect);
        Assert.NotNull(result.Timings.Wait);
        Assert.NotNull(result.Timings.Transfer);
        Assert.Null(result.Timings.Dns);
        Assert.Null(result.Timings.Tls);
    }

    [Fact]
    public async Task The_trace_has_every_step_in_the_2013_format()
    {
        await using var server = RawServer.Answering(Ok);

        var result = await AProbe.RunAsync($"http://localhost:{server.Port}");

        var lines = result.Lines();
        Assert.Equal($"Connecting to http://localhost:{server.Port} ....", lines[0]);
        Assert.StartsWith("Resolved localhost to ", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith($"Connected to 127.0.0.1:{server.Port} from 127.0.0.1:", StringComparison.Ordinal));
        Assert.Contains("Connection    [OK]", lines);
        Assert.Equal(
            ["Request [OK]", "First byte of the answer", "Received 200 OK", "Read a body of 2 bytes", "Response [OK]"],
            lines[^5..]);
        Assert.NotNull(result.Timings.Dns);
        Assert.Equal(["request", "dns", "connect"], result.Trace!.Select(step => step.Phase).Distinct().Take(3));
    }

    [Theory]
    [InlineData("GET", ProbeReasons.Ok)]
    [InlineData("G T", ProbeReasons.TargetInvalid)]
    public async Task A_result_names_the_slot_and_the_revision_that_it_answers(string method, string reason)
    {
        await using var server = RawServer.Answering(Ok);
        var job = AProbe.Job(server.Url) with { Method = method, Revision = 7 };

        var result = await AProbe.RunAsync(job);

        Assert.Equal((reason, job.TargetId, job.Slot, 7), (result.Reason, result.TargetId, result.Slot, result.Revision));
    }

    [Fact]
    public async Task A_wrong_status_fails_with_the_words_of_2013()
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((ProbeReasons.StatusMismatch, "target status:503 != 200", 503), (result.Reason, result.Description, result.StatusCode));
        Assert.Equal("Response [FAIL] reason: target status:503 != 200", result.Lines()[^1]);
    }

    [Fact]
    public async Task What_the_target_says_at_length_is_shortened_in_the_trace()
    {
        var much = new string('x', 5000);
        await using var server = RawServer.Answering($"HTTP/1.1 302 {much}\r\nLocation: /{much}\r\nServer: {much}\r\nContent-Length: 0\r\n\r\n");

        var result = await AProbe.RunAsync(server.Url);

        var shortened = new string('x', 298);
        Assert.Contains($"Received 302 {shortened}x…", result.Lines());
        Assert.Contains($"Location: /{shortened}…", result.Lines());
        Assert.Contains($"Server: {shortened}x…", result.Lines());
    }

    [Fact]
    public async Task Multiple_choices_with_a_location_stay_a_300()
    {
        await using var server = RawServer.Answering("HTTP/1.1 300 Multiple Choices\r\nLocation: /v3/\r\nContent-Length: 0\r\n\r\n");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { PassResult = "300" });

        Assert.Equal((true, 300), (result.Passed, result.StatusCode));
        Assert.Contains("Location: /v3/", result.Lines());
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("GET", "", false)]
    [InlineData("DELETE", "", false)]
    [InlineData("HEAD", "", false)]
    [InlineData("PUT", "Content-Length: 0", true)]
    [InlineData("post", "Content-Length: 0", true)]
    [InlineData("PATCH", "Content-Length: 0", true)]
    public async Task Each_method_is_sent_as_it_should_be(string method, string length, bool hasLength)
    {
        var seen = "";
        await using var server = new RawServer(async (stream, token) =>
        {
            seen = await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token);
        });

        var result = await AProbe.RunAsync(AProbe.Job($"{server.Url}a/b?c=d") with { Method = method });

        Assert.True(result.Passed, result.Description);
        Assert.StartsWith($"{method.ToUpperInvariant()} /a/b?c=d HTTP/1.1\r\n", seen, StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: 127.0.0.1:{server.Port}\r\n", seen, StringComparison.Ordinal);
        Assert.Matches("\r\nUser-Agent: Skypunch/2[^\r]*\r\n", seen);
        Assert.Equal(hasLength, seen.Contains("Content-Length", StringComparison.Ordinal));
        Assert.Contains(length, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", seen, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refused_connection_fails_with_its_address()
    {
        var server = RawServer.Answering(Ok);
        await server.DisposeAsync();

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((ProbeReasons.ConnectRefused, $"connection refused by 127.0.0.1:{server.Port}"), (result.Reason, result.Description));
        Assert.Null(result.StatusCode);
        Assert.Equal($"Connection    [FAIL] reason: connection refused by 127.0.0.1:{server.Port}", result.Lines()[^1]);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_fails_with_that_name()
    {
        var result = await AProbe.RunAsync("http://name.invalid/");

        Assert.Equal(ProbeReasons.DnsError, result.Reason);
        Assert.StartsWith("could not resolve name.invalid: ", result.Description, StringComparison.Ordinal);
        Assert.StartsWith("Name resolution [FAIL] reason: could not resolve", result.Lines()[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ProbeReasons.RequestTimeout, "no answer within 300 ms", null)]
    [InlineData("HTTP/1.1 200", ProbeReasons.ReadTimeout, "answer not complete within 300 ms", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", ProbeReasons.ReadTimeout, "answer not complete within 300 ms", 200)]
    public async Task Silence_ends_at_the_deadline_and_the_reason_tells_how_far_it_came(string answer, string reason, string words, int? status)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Timeout = TimeSpan.FromMilliseconds(300), Assertions = "body contains x" });

        Assert.Equal((reason, words, status), (result.Reason, result.Description, result.StatusCode));
        Assert.InRange(result.Duration, TimeSpan.FromMilliseconds(290), TimeSpan.FromMilliseconds(1500));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "OK")]
    [InlineData("HTTP/1.1 503 Oh\r\nContent-Length: 9\r\n\r\nhalf", "target status:503 != 200")]
    public async Task A_body_that_nobody_judges_is_not_waited_for_until_the_deadline(string answer, string words)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Timeout = TimeSpan.FromSeconds(60) });

        Assert.Equal(words, result.Description);
        Assert.InRange(result.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("", "connection reset before an answer came")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "connection reset before the answer was complete")]
    public async Task A_connection_that_is_reset_fails_and_is_not_made_again(string answer, string words)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Close(); // closes with RST, as the linger time is 0
        });

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((ProbeReasons.ConnectionReset, words), (result.Reason, result.Description));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("", "connection closed before an answer came")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "connection closed before the answer was complete")]
    public async Task A_connection_that_is_closed_too_soon_fails_and_is_not_made_again(string answer, string words)
    {
        await using var server = RawServer.Answering(answer);

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((ProbeReasons.ConnectionReset, words), (result.Reason, result.Description));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n")]
    [InlineData("220 mail.example ESMTP ready and waiting for you\r\n")]
    public async Task An_answer_that_is_not_HTTP_is_reported_as_that(string answer)
    {
        await using var server = RawServer.Answering(answer);

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((ProbeReasons.ProtocolError, "the answer is not HTTP/1.1"), (result.Reason, result.Description));
    }

    [Fact]
    public async Task Endless_headers_are_cut_off()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes($"A: {new string('x', 1000)}\r\n"), token);
            }
        });

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((ProbeReasons.ProtocolError, "the answer has more than 64 KiB of headers"), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("200 OK", "OK")]
    [InlineData("503 No", "target status:503 != 200")]
    public async Task An_endless_body_that_nobody_judges_is_left_soon_and_the_status_decides(string status, string words)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\n\r\n"), token);
            while (true)
            {
                await stream.WriteAsync(new byte[10_000], token);
            }
        });

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal(words, result.Description);
        Assert.Contains(result.Lines(), line => line.StartsWith("Left the body after ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_probe_makes_a_connection_of_its_own()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            while ((await RawServer.ReadRequestAsync(stream, token)).Length > 0)
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes(Ok), token);
            }
        });
        await using var services = AProbe.Parts().BuildProbe(out var probe);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => probe.RunAsync(AProbe.Job(server.Url), traced: false, TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.True(result.Passed, result.Description));
        Assert.All(results, result => Assert.Null(result.Trace));
        Assert.Equal(50, server.Connections);
    }

    [Fact]
    public async Task Shutting_down_is_no_failure_of_the_target()
    {
        using var shutdown = new CancellationTokenSource();
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            await shutdown.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        await using var services = AProbe.Parts().BuildProbe(out var probe);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.RunAsync(AProbe.Job(server.Url), traced: false, shutdown.Token));
    }
}

using Microsoft.Extensions.Time.Testing;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Http;
using Skypunch.ServiceDefaults.Egress;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>What the sender sends and receives, against a web server on this machine.</summary>
public sealed class HttpSenderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_arrives_as_it_was_made_without_anything_that_identifies_Skypunch()
    {
        await using var web = await LoopbackWeb.AnsweringAsync(202, "taken", ("Retry-After", "7"));

        var answer = await SendAsync($"http://127.0.0.1:{web.Port}/a/b?c=d%2Fe");

        Assert.Equal((202, "taken", "7"), (answer!.Status, answer.Body, answer.RetryAfter));
        var received = Assert.Single(web.Requests);
        Assert.Equal(("POST", "/a/b?c=d%2Fe", """{"é":1}"""), (received.Method, received.Path, received.Body));
        Assert.Equal(["Content-Length", "Content-Type", "Host", "X-One"], received.Headers.Keys.Order());
        Assert.Equal(("application/json", "two"), (received.Headers["Content-Type"], received.Headers["X-One"]));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await LoopbackWeb.AnsweringAsync(200);
        await using var web = await LoopbackWeb.AnsweringAsync(307, "", ("Location", $"http://127.0.0.1:{other.Port}/"));

        var answer = await SendAsync($"http://127.0.0.1:{web.Port}/");

        Assert.Equal(307, answer!.Status);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_ends_it_before_anything_is_sent()
    {
        using var certificate = LoopbackSmtp.MakeCertificate("localhost");
        await using var web = await LoopbackWeb.StartAsync(_ => Task.CompletedTask, certificate);

        var answer = await SendAsync($"https://localhost:{web.Port}/");

        Assert.StartsWith($"no TLS with https://localhost:{web.Port}", answer!.Fault);
        Assert.Empty(web.Requests);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "169.254.169.254")]
    [InlineData("http://[::ffff:169.254.169.254]/", "169.254.169.254")]
    [InlineData("http://[fe80::1]/", "fe80::1")]
    [InlineData("http://2852039166/", "169.254.169.254")]
    public async Task Addresses_of_one_link_and_of_clouds_metadata_are_not_connected_to(string url, string address)
    {
        var answer = await SendAsync(url);

        Assert.StartsWith("Skypunch may not connect to ", answer!.Fault);
        Assert.Contains(address, answer.Fault);
    }

    [Fact]
    public async Task A_name_is_looked_at_after_it_is_resolved()
    {
        await using var web = await LoopbackWeb.AnsweringAsync(200);

        var answer = await SendAsync($"http://localhost:{web.Port}/", egress: new EgressPolicy(null, "127.0.0.0/8,::1"));

        Assert.StartsWith("Skypunch may not connect to ", answer!.Fault);
        Assert.Empty(web.Requests);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_after_its_time()
    {
        var clock = new FakeTimeProvider();
        var reached = new TaskCompletionSource();
        await using var web = await LoopbackWeb.StartAsync(context =>
        {
            reached.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        var sending = SendAsync($"http://127.0.0.1:{web.Port}/", clock: clock);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal($"http://127.0.0.1:{web.Port} did not answer within 30 s", (await sending)!.Fault);
    }

    [Fact]
    public async Task A_message_that_may_not_be_sent_any_more_does_not_go_out()
    {
        await using var web = await LoopbackWeb.AnsweringAsync(200);

        var answer = await SendAsync($"http://127.0.0.1:{web.Port}/", mayBegin: _ => Task.FromResult(false));
        var fault = await Assert.ThrowsAsync<TimeoutException>(() => SendAsync($"http://127.0.0.1:{web.Port}/", mayBegin: _ => throw new TimeoutException("the store is away")));

        Assert.Null(answer);
        Assert.Equal("the store is away", fault.Message);
        Assert.Empty(web.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbroken off", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", 999)]
    [InlineData("220 mail.example ESMTP\r\n", 0)]
    [InlineData("", 0)]
    public async Task What_is_no_answer_is_a_fault_and_a_status_is_an_answer(string bytes, int status)
    {
        await using var server = RawServer.Answering(bytes);

        var answer = await SendAsync($"http://127.0.0.1:{server.Port}/");

        Assert.Equal(status, answer!.Status);
        Assert.Equal(status == 0, answer.Fault is not null);
    }

    [Fact]
    public async Task Of_a_body_without_an_end_as_much_is_read_as_is_kept()
    {
        await using var web = await LoopbackWeb.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[16 * 1024], context.RequestAborted);
            }
        });

        var answer = await SendAsync($"http://127.0.0.1:{web.Port}/");

        Assert.Equal((200, HttpSender.LargestBody), (answer!.Status, answer.Body.Length));
    }

    [Fact]
    public async Task A_server_that_does_not_listen_is_reported_without_the_path()
    {
        int port;
        await using (var web = await LoopbackWeb.AnsweringAsync(200))
        {
            port = web.Port;
        }

        var answer = await SendAsync($"http://127.0.0.1:{port}/s3cr3t");

        Assert.Equal($"no connection to http://127.0.0.1:{port}: nobody listens there (connection refused)", answer!.Fault);
    }

    private static async Task<HttpAnswer?> SendAsync(
        string url,
        EgressPolicy? egress = null,
        TimeProvider? clock = null,
        Func<CancellationToken, Task<bool>>? mayBegin = null)
    {
        var time = clock ?? TimeProvider.System;
        using var sender = new HttpSender(new HostConnector(TimeProvider.System, egress ?? new EgressPolicy(null, null)), TimeSpan.FromSeconds(30), time);
        var call = new HttpCall(HttpMethod.Post, new Uri(url), [new("X-One", "two")], "application/json", """{"é":1}""");
        return await sender.SendAsync(call, mayBegin ?? (_ => Task.FromResult(true)), Cancellation);
    }
}

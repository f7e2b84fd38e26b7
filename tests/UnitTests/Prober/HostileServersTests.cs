using System.Net;
using System.Net.Sockets;
using System.Text;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

/// <summary>Servers that try to keep a Prober busy.</summary>
public sealed class HostileServersTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_address_that_swallows_what_is_sent_ends_at_the_deadline()
    {
        await using var hole = new BlackHole();

        var result = await AProbe.RunAsync(AProbe.Job(hole.Url) with { Timeout = Deadline });

        Assert.Equal((ProbeReasons.ConnectTimeout, $"no connection to 127.0.0.1:{hole.Port} within 1 s"), (result.Reason, result.Description));
        Assert.Equal($"Connection    [FAIL] reason: no connection to 127.0.0.1:{hole.Port} within 1 s", result.Lines()[^1]);
        Assert.StartsWith("See whether the host of 127.0.0.1:", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_address_is_reported_at_once()
    {
        var result = await AProbe.RunAsync("http://255.255.255.255/"); // an address that no host has; nothing is sent

        Assert.Equal(ProbeReasons.ConnectUnreachable, result.Reason);
        Assert.StartsWith("Connection    [FAIL] reason: ", result.Lines()[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("headers", ProbeReasons.ReadTimeout)]
    [InlineData("body", ProbeReasons.ReadTimeout)]
    [InlineData("silence", ProbeReasons.RequestTimeout)]
    public async Task A_server_that_sends_a_byte_at_a_time_or_none_is_cut_off_at_the_deadline(string what, string reason)
    {
        await using var server = Hostile(what);

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Timeout = Deadline, Assertions = "body contains x" });

        Assert.Equal(reason, result.Reason);
        Assert.Equal("Response [FAIL] reason: " + result.Description, result.Lines()[^1]);
    }

    [Fact]
    public async Task Five_hundred_hostile_servers_at_once_slow_no_probe_of_a_healthy_one()
    {
        string[] kinds = ["headers", "body", "silence", "endless", "reset", "garbage"];
        var servers = kinds.Select(Hostile).ToList();
        await using var hole = new BlackHole();
        await using var healthy = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        await using var services = AProbe.Parts().BuildProbe(out var probe);
        string[] urls = [.. servers.Select(server => server.Url), hole.Url];
        var jobs = Enumerable.Range(0, 500).Select(i => AProbe.Job(urls[i % urls.Length]) with { Timeout = TimeSpan.FromSeconds(20) });
        using var over = new CancellationTokenSource();

        var hostile = jobs.Select(job => probe.RunAsync(job, traced: false, over.Token)).ToList();
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => probe.RunAsync(AProbe.Job(healthy.Url), traced: false, TestContext.Current.CancellationToken)));

        // The hostile probes still run, so the healthy ones did not wait for them.
        Assert.All(results, result => Assert.Equal("OK", result.Description));
        Assert.InRange(hostile.Count(task => !task.IsCompleted), 200, 500);
        await over.CancelAsync();
        await Task.WhenAll(hostile).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    private static RawServer Hostile(string what) => new(async (stream, token) =>
    {
        await RawServer.ReadRequestAsync(stream, token);
        switch (what)
        {
            case "headers":
                await DripAsync("HTTP/1.1 200 OK\r\nX: ");
                break;
            case "body":
                await SendAsync("HTTP/1.1 200 OK\r\n\r\n");
                await DripAsync("");
                break;
            case "endless":
                await SendAsync("HTTP/1.1 200 OK\r\n\r\n");
                while (true)
                {
                    await stream.WriteAsync(new byte[10_000], token);
                }

            case "reset":
                await SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                stream.Socket.LingerState = new LingerOption(true, 0);
                stream.Socket.Close();
                break;
            case "garbage":
                await SendAsync("\0\x1\x2\x3");
                break;
            default:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                break;
        }

        async Task DripAsync(string beginning)
        {
            await SendAsync(beginning);
            while (true)
            {
                await SendAsync("x");
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, token);
            }
        }

        ValueTask SendAsync(string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), token);
    });

    /// <summary>A port with a full queue of connections: the system drops further packets for it, as a firewall does.</summary>
    private sealed class BlackHole : IAsyncDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _waiting = [];

        public BlackHole()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            for (var i = 0; i < 4; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _ = socket.ConnectAsync(_listener.LocalEndPoint!);
                _waiting.Add(socket);
            }
        }

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public string Url => $"http://127.0.0.1:{Port}/";

        public ValueTask DisposeAsync()
        {
            _waiting.ForEach(socket => socket.Dispose());
            _listener.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

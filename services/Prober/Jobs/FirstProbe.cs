using System.Net;
using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Probing;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Makes the first probes of this process, of a listener of its own, before jobs are taken. The first probe is up to a second late, because
/// its code is compiled then: no target should be probed late for it, and soon afterwards again. After a probe that passes comes one that
/// fails, so that the words of the first failure are not late either.
/// </summary>
internal sealed partial class FirstProbe(HttpProbe probe, TimeProvider clock, ILogger<FirstProbe> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Opens when the probes were made, whatever came of them: an egress policy may refuse loopback addresses.</summary>
    public StartupGate Gate { get; } = new("the first probe");

    /// <summary>What came of the probe that is to pass. Null while the gate is closed, or if there was no listener to be had.</summary>
    public ProbeResult? Result { get; private set; }

    /// <summary>What came of the probe that is to fail.</summary>
    public ProbeResult? Failure { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            _ = AnswerAsync(listener, stoppingToken);
            var job = JobFor(((IPEndPoint)listener.LocalEndpoint).Port);
            Result = await probe.RunAsync(job, traced: true, stoppingToken);
            Failure = await probe.RunAsync(job with { PassResult = "204" }, traced: false, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotProbed(e.Message); // and nothing more: targets can be probed all the same
        }
        finally
        {
            Gate.Open();
        }
    }

    private ProbeJob JobFor(int port) => new()
    {
        TargetId = 0,
        Name = "the Prober itself",
        Slot = clock.GetUtcNow(),
        Url = $"http://{IPAddress.Loopback}:{port}/",
        Method = "GET",
        Authn = AuthnParameters.None,
        PassResult = "200",
        Timeout = Patience,
        Patience = Patience,
    };

    private static async Task AnswerAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                await using var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, cancellationToken);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The probes are made or have given up, or the process stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The Prober could not probe a listener of its own, so its first probe of a target may be late: {Reason}")]
    private partial void LogNotProbed(string reason);
}

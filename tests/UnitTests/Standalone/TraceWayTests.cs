using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Telemetry;
using Skypunch.Standalone;
using Skypunch.Standalone.DataFolders;
using Skypunch.UnitTests.Notifier;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Standalone;

public sealed class TraceWayTests
{
    [Fact]
    public async Task One_OpenTelemetry_trace_goes_from_the_claim_of_a_probe_to_its_mail()
    {
        var steps = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SkypunchTelemetry.MeterName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = steps.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var mails = new LoopbackSmtp();
        await using var target = RawServer.Answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        using var folder = new TempFolder();
        await using var daemon = await StartAsync(folder);

        await WatchAsync(daemon, mails, target);
        await mails.NextAsync();
        await daemon.StopAsync(TestContext.Current.CancellationToken);

        var delivered = steps.First(step => step.OperationName == "deliver");
        var way = steps.Where(step => step.TraceId == delivered.TraceId).OrderBy(step => step.StartTimeUtc).Select(step => step.OperationName).Distinct();
        Assert.Equal(["claim", "probe", "fold", "announce", "store", "deliver"], way);
    }

    private static async Task WatchAsync(WebApplication daemon, LoopbackSmtp mails, RawServer target)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var token = await File.ReadAllTextAsync(daemon.Configuration["Admin:TokenFile"]!, TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        using var channel = GrpcChannel.ForAddress(daemon.Configuration["Kestrel:Endpoints:Admin:Url"]!, new GrpcChannelOptions { HttpClient = http });
        await new NotifierService.NotifierServiceClient(channel).CreateNotifierAsync(
            new CreateNotifierRequest { Notifier = new() { Name = "me", Address = "me@example.org", Params = mails.Params } },
            cancellationToken: TestContext.Current.CancellationToken);
        await new TargetService.TargetServiceClient(channel).CreateTargetAsync(
            new CreateTargetRequest { Target = new() { Name = "x", Url = target.Url } },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(TempFolder folder)
    {
        var arguments = new DaemonArguments { Data = folder.Path, Port = FreePorts() };
        var app = DaemonHost.Build(DaemonHost.CreateBuilder(DataFolder.Open(folder.Path), arguments, new Terminal(TextWriter.Null, TextWriter.Null, background: true)));
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<BusGate>().WaitAsync(TestContext.Current.CancellationToken);
        return app;
    }

    // Two in a row, below the range that the system takes ports for connections from.
    private static int FreePorts()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var one = new TcpListener(IPAddress.Loopback, port);
                using var other = new TcpListener(IPAddress.Loopback, port + 1);
                one.Start();
                other.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken: try others
            }
        }
    }
}

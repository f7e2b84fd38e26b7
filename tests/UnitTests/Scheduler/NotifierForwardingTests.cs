using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Scheduler;
using Skypunch.Scheduler.Model;
using Skypunch.UnitTests.Hosting;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>The Scheduler passes calls on to the Notifier.</summary>
public sealed class NotifierForwardingTests
{
    [Fact]
    public async Task A_Notifier_whose_host_has_vanished_is_noticed_within_seconds()
    {
        await using var vanished = new RawServer(async (stream, token) =>
        {
            // Sends its HTTP/2 settings, and then nothing any more.
            await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, token);
            await stream.CopyToAsync(Stream.Null, token);
        });
        await using var app = await ForwardingToAsync(vanished.Url);
        using var channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        var call = new NotifierService.NotifierServiceClient(channel).ListNotifiersAsync(new ListNotifiersRequest(), cancellationToken: TestContext.Current.CancellationToken);

        // The pause before a keep-alive ping and the timeout for its answer are five seconds each.
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(TimeSpan.FromSeconds(40), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal((StatusCode.Unavailable, 1), (error.StatusCode, vanished.Connections));
    }

    private static async Task<WebApplication> ForwardingToAsync(string notifier)
    {
        var builder = TestHost.CreateBuilder();
        builder.Configuration["Scheduler:NotifierUrl"] = notifier;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddOptions<SchedulerOptions>().BindConfiguration(SchedulerOptions.Section);
        builder.Services.AddNotifierForwarding(new Uri(notifier));
        var app = builder.Build();
        app.MapNotifierForwarding();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}

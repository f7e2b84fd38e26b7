using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Standalone;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Standalone;

/// <summary>The daemon probes its own health address, so its listeners must be open as long as it probes.</summary>
public sealed class ListenersTests
{
    [Fact]
    public async Task At_a_stop_the_listeners_answer_until_the_last_probe_is_recorded()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var target = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            asked.TrySetResult();
            await answer.Task.WaitAsync(token);
            await stream.WriteAsync(Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), token);
        });
        using var folder = new TempFolder();
        await using var daemon = await DaemonInProcess.StartAsync(folder);
        await daemon.Api.Targets.CreateTargetAsync(
            new CreateTargetRequest { Target = new() { Name = "slow", Url = target.Url } },
            cancellationToken: TestContext.Current.CancellationToken);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stopping = daemon.StopAsync();
        await daemon.Services.GetRequiredService<TargetClaimer>().ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var health = await http.GetAsync(new Uri($"{daemon.HealthUrl}/healthz"), TestContext.Current.CancellationToken);
        answer.SetResult();
        await stopping;

        Assert.True(health.IsSuccessStatusCode);
    }

    [Fact]
    public async Task No_work_begins_before_the_last_service_is_started()
    {
        var first = new ListenersFirst();
        var last = new Look(() => first.Gate.IsOpen);
        using var host = new HostBuilder().ConfigureServices(services => services.AddHostedService(_ => first).AddHostedService(_ => last)).Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal((false, true), (last.Seen, first.Gate.IsOpen));
    }

    private sealed class Look(Func<bool> isOpen) : IHostedService
    {
        public bool? Seen { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Seen = isOpen();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

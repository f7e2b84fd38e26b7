using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.Standalone;
using Skypunch.Standalone.DataFolders;
using Skypunch.Standalone.FirstStart;
using Skypunch.UnitTests.Notifier;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Standalone;

/// <summary>The daemon's host within the test process, with its own folder and ports.</summary>
internal sealed class DaemonInProcess(WebApplication app) : IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    public string HealthUrl { get; } = app.Configuration["Kestrel:Endpoints:Health:Url"]!;

    public OwnApi Api { get; } = new(app.Configuration["Kestrel:Endpoints:Admin:Url"]!, app.Configuration);

    /// <summary>Starts the host and waits until it takes work.</summary>
    public static async Task<DaemonInProcess> StartAsync(TempFolder folder, params (string Key, string Value)[] settings)
    {
        var arguments = new DaemonArguments { Data = folder.Path, Port = DaemonProcess.FreePort() };
        var builder = DaemonHost.CreateBuilder(DataFolder.Open(folder.Path), arguments, new Terminal(TextWriter.Null, TextWriter.Null, background: true));
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        var app = DaemonHost.Build(builder);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<BusGate>().WaitAsync(TestContext.Current.CancellationToken);
        return new DaemonInProcess(app);
    }

    /// <summary>Adds a notifier that sends mails, and a target that is probed every second.</summary>
    public async Task WatchAsync(LoopbackSmtp mails, RawServer target)
    {
        await Api.Notifiers.CreateNotifierAsync(
            new CreateNotifierRequest { Notifier = new() { Name = "me", Address = "me@example.org", Params = mails.Params } },
            cancellationToken: TestContext.Current.CancellationToken);
        await Api.Targets.CreateTargetAsync(
            new CreateTargetRequest { Target = new() { Name = "x", Url = target.Url, Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) } },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await app.DisposeAsync();
    }
}

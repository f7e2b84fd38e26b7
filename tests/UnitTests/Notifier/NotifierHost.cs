using System.Security.Cryptography;
using Grpc.Net.Client;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Notifier;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.UnitTests.Hosting;

namespace Skypunch.UnitTests.Notifier;

/// <summary>A whole Notifier on a loopback port, with a SQLite file and an in-memory bus.</summary>
internal sealed class NotifierHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skypunch-notifier-");
    private readonly WebApplication _app;
    private GrpcChannel? _channel;

    private NotifierHost()
    {
        NotifierStore.Empty.CopyTo(Path.Combine(_folder.FullName, "notifier.db"));
        var builder = TestHost.CreateBuilder(_folder.FullName);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Admin:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Admin:Protocols"] = "Http2",
            ["Admin:Token"] = AdminChannel.Token,
            ["Secrets:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Database:Provider"] = "Sqlite",
            ["ConnectionStrings:Notifier"] = ConnectionString,
            ["Bus:Transport"] = "InMemory",
        });
        builder.AddServiceDefaults();
        builder.AddSkypunchBus(bus => bus.AddNotifierConsumers());
        builder.AddNotifier();
        _app = builder.Build();
        _app.MapServiceDefaults();
        _app.MapNotifier();
    }

    public NotifierService.NotifierServiceClient Client { get; private set; } = null!;

    public GrpcChannel Channel => _channel!;

    public IBus Bus => _app.Services.GetRequiredService<IBus>();

    public string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "notifier.db")}";

    public static async Task<NotifierHost> StartAsync()
    {
        var host = new NotifierHost();
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        await host._app.Services.GetRequiredService<ServiceDefaults.Hosting.BusGate>().WaitAsync(TestContext.Current.CancellationToken);
        var address = host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        host._channel = AdminChannel.To(address);
        host.Client = new NotifierService.NotifierServiceClient(host._channel);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _folder.Delete(recursive: true);
    }
}

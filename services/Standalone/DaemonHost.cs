using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration.Memory;
using Skypunch.Notifier;
using Skypunch.Prober;
using Skypunch.Scheduler;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.Standalone.DataFolders;
using Skypunch.Standalone.Logs;
using Skypunch.Web;
using Skypunch.Web.Configuration;

namespace Skypunch.Standalone;

/// <summary>Puts the three services into one host.</summary>
internal static class DaemonHost
{
    /// <summary>
    /// Makes the host with the settings: our own defaults, then the data folder's appsettings.json, the environment, and the command line.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(DataFolder folder, DaemonArguments arguments, Terminal terminal)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The services' own appsettings.json lie beside the program: they are not for the daemon.
            ContentRootPath = folder.Path,

            // A watch on this folder would wake up at every write to the stores in it.
            Args = ["hostBuilder:reloadConfigOnChange=false"],
        });
        var defaults = Defaults(folder).Concat(Ports(arguments.Port ?? DaemonArguments.DefaultPort, withProtocols: true));
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
        if (arguments.Port is { } port)
        {
            builder.Configuration.AddInMemoryCollection(Ports(port, withProtocols: false));
        }

        builder.Logging.ClearProviders();
        builder.Services.AddOptionsWithValidateOnStart<LogFileOptions>().BindConfiguration(LogFileOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<RollingLogFile>();
        builder.Services.AddSingleton<ILoggerProvider>(services => new LogFileProvider(
            services.GetRequiredService<RollingLogFile>(), terminal.Log, services.GetRequiredService<TimeProvider>()));
        DaemonSecrets.Ensure(folder, builder.Configuration);
        builder.AddServiceDefaults();
        return builder;
    }

    /// <summary>Adds the services.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddSkypunchBus(bus =>
        {
            bus.AddSchedulerConsumers();
            bus.AddProberConsumers();
            bus.AddNotifierConsumers();
        });

        // The services stop in reverse order: first the Scheduler, which waits for the probes in flight and needs the others for that.
        builder.AddNotifier().AddProber().AddScheduler().AddWeb();
        builder.Services.PostConfigure<WebOptions>(web => web.ApiUrl ??= new Uri(new DaemonEndpoints(builder.Configuration).AdminUrl));
        var listeners = new ListenersFirst();
        builder.Services.AddSingleton(listeners.Gate).AddHostedService(_ => listeners);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapNotifier().MapProber().MapScheduler().MapWeb();
        return app;
    }

    private static Dictionary<string, string?> Defaults(DataFolder folder) => new()
    {
        ["Database:Provider"] = "Sqlite",
        ["ConnectionStrings:Scheduler"] = new SqliteConnectionStringBuilder { DataSource = folder.SchedulerStore }.ConnectionString,
        ["ConnectionStrings:Notifier"] = new SqliteConnectionStringBuilder { DataSource = folder.NotifierStore }.ConnectionString,
        ["Bus:Transport"] = "InMemory",
        ["Secrets:KeyFile"] = folder.KeyFile,
        ["Admin:TokenFile"] = folder.TokenFile,
        ["Scheduler:DrainOnStop"] = "true",
        ["Scheduler:FoldConcurrency"] = "1", // SQLite takes one writer at a time
        ["LogFile:Path"] = folder.LogFile,
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Grpc"] = "Warning",
        ["Logging:LogLevel:MassTransit"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",
    };

    private static Dictionary<string, string?> Ports(int port, bool withProtocols)
    {
        var ports = new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Admin:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["Kestrel:Endpoints:Health:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + 1}"),
            ["Kestrel:Endpoints:Web:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + 2}"),
        };
        if (withProtocols)
        {
            ports["Kestrel:Endpoints:Admin:Protocols"] = "Http2";
            ports["Kestrel:Endpoints:Health:Protocols"] = "Http1";
            ports["Kestrel:Endpoints:Web:Protocols"] = "Http1";
        }

        return ports;
    }
}

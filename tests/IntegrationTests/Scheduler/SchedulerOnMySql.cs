using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;
using Skypunch.Scheduler;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.UnitTests.Hosting;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>A whole Scheduler in this process, on a real MySQL, with a bus in memory.</summary>
internal sealed class SchedulerOnMySql : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SchedulerOnMySql(string connection)
    {
        Database = new MySqlConnectionStringBuilder(connection).Database;
        var builder = TestHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Admin:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Health:Url"] = "http://127.0.0.1:0",
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Admin:Token"] = "a-token-for-the-test",
            ["Database:Provider"] = "MySql",
            ["ConnectionStrings:Scheduler"] = connection,
            ["Bus:Transport"] = "InMemory",
        });
        builder.AddServiceDefaults();
        builder.AddSkypunchBus(bus => bus.AddSchedulerConsumers());
        builder.AddScheduler();
        _app = builder.Build();
    }

    /// <summary>The name of its database.</summary>
    public string Database { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<SchedulerOnMySql> StartAsync(string connection)
    {
        var scheduler = new SchedulerOnMySql(connection);
        await scheduler._app.StartAsync(TestContext.Current.CancellationToken);
        await scheduler.Services.GetRequiredService<BusGate>().WaitAsync(TestContext.Current.CancellationToken);
        return scheduler;
    }

    /// <summary>Uses a part of it.</summary>
    public async Task<TResult> WithAsync<T, TResult>(Func<T, Task<TResult>> use)
        where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

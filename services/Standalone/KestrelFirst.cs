namespace Skypunch.Standalone;

/// <summary>
/// Starts the listeners before everything else and stops them after everything else, where ASP.NET Core does the opposite. The daemon probes its own health
/// address, as the example file has it: that must not fail because the listener has gone while the last probes run.
/// </summary>
internal sealed class KestrelFirst : IServiceProviderFactory<IServiceCollection>
{
    private const string Listeners = "GenericWebHostService"; // ASP.NET Core's own, which is not public

    private readonly DefaultServiceProviderFactory _inner = new();

    public IServiceCollection CreateBuilder(IServiceCollection services)
    {
        var listeners = services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == Listeners);
        services.Remove(listeners);
        services.Insert(0, listeners);
        return _inner.CreateBuilder(services);
    }

    public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => _inner.CreateServiceProvider(containerBuilder);
}

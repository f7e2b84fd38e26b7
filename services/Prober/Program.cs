using Skypunch.Prober;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

return await ServiceHost.RunAsync(
    args,
    builder => builder
        .AddSkypunchBus(bus => bus.AddProberConsumers())
        .AddProber(),
    app => app.MapProber());

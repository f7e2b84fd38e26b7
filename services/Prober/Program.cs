using Skypunch.Prober;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Bus;

return await ServiceHost.RunAsync(
    args,
    builder => builder
        .AddSkypunchBus(bus => bus.AddProberConsumers())
        .AddProber(),
    app => app.MapProber());

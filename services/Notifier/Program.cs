using Skypunch.Notifier;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

return await ServiceHost.RunAsync(
    args,
    builder => builder
        .AddSkypunchBus(bus => bus.AddNotifierConsumers())
        .AddNotifier(),
    app => app.MapNotifier());

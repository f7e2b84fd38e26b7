using Skypunch.Notifier;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Bus;

return await ServiceHost.RunAsync(
    args,
    builder => builder
        .AddSkypunchBus(bus => bus.AddNotifierConsumers())
        .AddNotifier(),
    app => app.MapNotifier());

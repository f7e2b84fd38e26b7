using Skypunch.Scheduler;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Bus;

return await ServiceHost.RunAsync(
    args,
    builder => builder
        .AddSkypunchBus(bus => bus.AddSchedulerConsumers())
        .AddScheduler(),
    app => app.MapScheduler());

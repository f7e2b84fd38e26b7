using Skypunch.Scheduler;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

return await ServiceHost.RunAsync(
    args,
    builder => builder
        .AddSkypunchBus(bus => bus.AddSchedulerConsumers())
        .AddScheduler(),
    app => app.MapScheduler());

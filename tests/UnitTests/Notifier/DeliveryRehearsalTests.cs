using System.Diagnostics.Metrics;
using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Rehearsals;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Notifier;

public sealed class DeliveryRehearsalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rehearsal_goes_the_whole_way_and_leaves_nothing_in_the_store_at_the_mail_server_in_the_metrics_or_in_the_log()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create(hasBus: true);
        await store.AddNotifierAsync(smtp.Params);
        using var counted = new MeterListener();
        var count = 0;
        counted.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "skypunch_deliveries" or "skypunch_delivery_delay" && ReferenceEquals(instrument.Meter.Scope, store.Services.GetRequiredService<IMeterFactory>()))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        counted.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref count));
        counted.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref count));
        counted.Start();
        var (harness, busGate) = (store.Services.GetRequiredService<ITestHarness>(), new BusGate());
        using var log = new LinesOfLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var rehearsal = NewRehearsal(store, loggers, busGate);

        await rehearsal.StartAsync(Cancellation);
        await rehearsal.Gate.WaitAsync(Cancellation);
        await harness.Start(); // after the work, as in a service: the harness counts the seconds in which nothing comes
        busGate.Open();
        await rehearsal.ExecuteTask!.WaitAsync(Cancellation);

        Assert.Equal(2, rehearsal.Mails); // an alert and a digest
        Assert.Empty(log.Lines);
        Assert.True(await harness.Published.Any<StatusChangesStored>(answer => answer.Context.Message.ChangeIds.Count == 0, Cancellation));
        Assert.Empty(await store.DeliveriesAsync());
        await store.WithDbAsync(async db => Assert.Equal((0, 1), (await db.Announcements.CountAsync(Cancellation), await db.Notifiers.CountAsync(Cancellation))));
        Assert.Equal(0, smtp.Connections);
        Assert.Equal(0, count);
    }

    [Fact]
    public async Task Without_tables_the_rehearsal_is_a_line_of_the_log_and_the_Notifier_starts()
    {
        await using var store = NotifierStore.Create(hasBus: true);
        store.Execute("DROP TABLE deliveries; DROP TABLE announcements");
        using var log = new LinesOfLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var rehearsal = NewRehearsal(store, loggers, new BusGate());

        await rehearsal.StartAsync(Cancellation);
        await rehearsal.Gate.WaitAsync(Cancellation);

        Assert.Contains("announcements", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
        await rehearsal.StopAsync(Cancellation);
    }

    private static DeliveryRehearsal NewRehearsal(NotifierStore store, ILoggerFactory loggers, BusGate busGate)
    {
        var tables = new StartupGate("the tables");
        tables.Open();
        return new DeliveryRehearsal(
            store.Services.GetRequiredService<StoreWriter<NotifierDb>>(),
            store.Services.GetRequiredService<IServiceScopeFactory>(),
            store.Services.GetRequiredService<ChannelTypes>(),
            store.Services.GetRequiredService<IBus>(),
            Options.Create(new NotifierOptions()),
            tables,
            busGate,
            TimeProvider.System,
            loggers.CreateLogger<DeliveryRehearsal>());
    }
}

using System.Collections.Concurrent;
using Grpc.Net.Client;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Scheduler;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.UnitTests.Hosting;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>A real Scheduler on SQLite and an in-memory bus; the test acts as the Prober and the Notifier.</summary>
internal sealed class SchedulerHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _app;

    private SchedulerHost(string folder, WebApplication app, GrpcChannel channel, StandIns standIns)
    {
        _folder = folder;
        _app = app;
        Channel = channel;
        StandIns = standIns;
    }

    public GrpcChannel Channel { get; }

    public StandIns StandIns { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The content of all files of the store, including its write-ahead log.</summary>
    public string TextOfFiles() => SchedulerStore.TextOfFiles(_folder);

    public static async Task<SchedulerHost> StartAsync(StandIns standIns, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("skypunch-scheduler-").FullName;
        SchedulerStore.Empty.CopyTo(Path.Combine(folder, "scheduler.db"));
        var builder = TestHost.CreateBuilder(folder);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Admin:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Admin:Protocols"] = "Http2",
            ["Admin:Token"] = AdminChannel.Token,
            ["Database:Provider"] = "Sqlite",
            ["ConnectionStrings:Scheduler"] = $"Data Source={Path.Combine(folder, "scheduler.db")};Pooling=False",
            ["Bus:Transport"] = "InMemory",
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Scheduler:ClaimInterval"] = "00:00:00.050",
            ["Scheduler:FoldConcurrency"] = "1",
            ["Scheduler:RelayRetry"] = standIns.ChangesDropped > 0 || standIns.NoticesDropped > 0 ? "00:00:01" : "00:10:00", // a test of the immediate announcement must not wait for a later one
        });
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(standIns);
        builder.AddSkypunchBus(bus =>
        {
            bus.AddSchedulerConsumers();
            bus.AddConsumer<StandInProber>();
            bus.AddConsumer<StandInNotifier>();
        });
        builder.AddScheduler();
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapScheduler();
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<BusGate>().WaitAsync(TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new SchedulerHost(folder, app, AdminChannel.To(address), standIns);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The answers of the stand-ins, and the messages that they got.</summary>
internal sealed class StandIns
{
    public Func<ProbeJob, ProbeResult> Probe { get; set; } = job => SchedulerStore.Result(job);

    /// <summary>How many copies of each change get no answer.</summary>
    public int ChangesDropped { get; set; }

    /// <summary>How many messages with notices get no answer.</summary>
    public int NoticesDropped;

    public ConcurrentQueue<ProbeJob> Jobs { get; } = new();

    public ConcurrentQueue<StatusChangeBatch> Batches { get; } = new();

    /// <summary>The messages without a change, which a Scheduler sends at its start.</summary>
    public ConcurrentQueue<StatusChangeBatch> Rehearsals { get; } = new();

    public System.Threading.Channels.Channel<TargetStatusChanged> Changes { get; } = System.Threading.Channels.Channel.CreateUnbounded<TargetStatusChanged>();

    public System.Threading.Channels.Channel<Notice> Notices { get; } = System.Threading.Channels.Channel.CreateUnbounded<Notice>();

    /// <summary>Waits for the next job.</summary>
    public Task NextJobAsync() => Eventually.InTimeAsync(JobsSeen.Reader.ReadAsync(TestContext.Current.CancellationToken));

    internal System.Threading.Channels.Channel<bool> JobsSeen { get; } = System.Threading.Channels.Channel.CreateUnbounded<bool>();

    /// <summary>Waits for that many changes.</summary>
    public async Task TakeAsync(int count)
    {
        for (var taken = 0; taken < count; taken++)
        {
            await Eventually.InTimeAsync(Changes.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }
    }
}

internal sealed class StandInProber(StandIns standIns) : IConsumer<ProbeBatch>, IConsumer<TestProbe>
{
    public Task Consume(ConsumeContext<ProbeBatch> context)
    {
        foreach (var job in context.Message.Jobs)
        {
            standIns.Jobs.Enqueue(job);
            standIns.JobsSeen.Writer.TryWrite(true);
        }

        return context.Publish(new ProbeResults("stand-in", context.Message.Jobs.Select(standIns.Probe).ToList()));
    }

    public Task Consume(ConsumeContext<TestProbe> context) => context.RespondAsync(new TestProbed("stand-in", standIns.Probe(context.Message.Job)));
}

internal sealed class StandInNotifier(StandIns standIns) : IConsumer<StatusChangeBatch>, IConsumer<NoticeBatch>
{
    private static readonly Lock Counting = new();

    public async Task Consume(ConsumeContext<NoticeBatch> context)
    {
        foreach (var notice in context.Message.Notices)
        {
            await standIns.Notices.Writer.WriteAsync(notice, context.CancellationToken);
        }

        if (Interlocked.Decrement(ref standIns.NoticesDropped) < 0)
        {
            await context.Publish(new StatusChangesStored([.. context.Message.Notices.Select(notice => notice.NoticeId)]));
        }
    }

    public async Task Consume(ConsumeContext<StatusChangeBatch> context)
    {
        (context.Message.Changes.Count > 0 ? standIns.Batches : standIns.Rehearsals).Enqueue(context.Message);
        foreach (var change in context.Message.Changes)
        {
            await standIns.Changes.Writer.WriteAsync(change, context.CancellationToken);
        }

        lock (Counting)
        {
            if (context.Message.Changes.Count > 0 && standIns.ChangesDropped-- > 0)
            {
                return;
            }
        }

        await context.Publish(new StatusChangesStored([.. context.Message.Changes.Select(change => change.ChangeId)]));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.UnitTests.Bus;

/// <summary>Messages that no service can process, on the in-memory bus. The integration tests have the same for RabbitMQ.</summary>
public sealed class PoisonTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Poison_is_dropped_and_counted_at_once_and_probing_and_folding_go_on()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        using var counted = new CountedAside(host.Services.GetRequiredService<IMeterFactory>());
        var bus = host.Services.GetRequiredService<IBus>();
        var huge = new ProbeResults(new string('x', (int)MessageGuard.MostBytes), []);
        foreach (var poison in Enumerable.Repeat<object>(new ProbeResults("p", null!), 25).Append(huge)
            .Append(new ProbeResults("p", [null!])).Append(new StatusChangesStored(null!)).Append(new ProberSeen(null!, "1", default, default, 0, 0)))
        {
            await bus.Publish(poison, Cancellation);
        }

        var targets = new TargetService.TargetServiceClient(host.Channel);
        var id = (await targets.CreateTargetAsync(
            new() { Target = new() { Name = "x", Url = "http://127.0.0.1:9/", Frequency = new() { Seconds = 1 }, Timeout = new() { Seconds = 1 } } },
            cancellationToken: Cancellation)).Target.Id;
        await Eventually.HoldsAsync(
            async () => (await targets.GetTargetAsync(new GetTargetRequest { Id = id }, cancellationToken: Cancellation)).Target.State.PassCount >= 2, "two probes were folded");
        await counted.UntilAsync(("probe-results", "unreadable", 26), ("probe-results", "oversized", 1), ("status-changes-stored", "unreadable", 1), ("prober-seen", "unreadable", 1));
    }

    // What one host has put aside, counted from its metrics.
    private sealed class CountedAside : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<(string, string), long> _counts = new();
        private readonly SemaphoreSlim _changed = new(0);

        public CountedAside(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "skypunch_messages_put_aside" && ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            {
                var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
                _counts.AddOrUpdate((all["queue"], all["reason"]), count, (_, before) => before + count);
                _changed.Release();
            });
            _listener.Start();
        }

        public async Task UntilAsync(params (string Queue, string Reason, long Count)[] expected)
        {
            while (!expected.All(one => _counts.GetValueOrDefault((one.Queue, one.Reason)) == one.Count))
            {
                Assert.True(await _changed.WaitAsync(TimeSpan.FromSeconds(60), Cancellation), $"Counted so far: {string.Join(", ", _counts)}");
            }

            Assert.Equal(expected.Length, _counts.Count);
        }

        public void Dispose()
        {
            _listener.Dispose();
            _changed.Dispose();
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Skypunch.ServiceDefaults.Telemetry;
using Skypunch.UnitTests.Notifier;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Standalone;

public sealed class TraceWayTests
{
    [Fact]
    public async Task One_OpenTelemetry_trace_goes_from_the_claim_of_a_probe_to_its_mail()
    {
        var steps = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SkypunchTelemetry.MeterName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = steps.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var mails = new LoopbackSmtp();
        await using var target = RawServer.Answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        using var folder = new TempFolder();
        await using var daemon = await DaemonInProcess.StartAsync(folder);

        await daemon.WatchAsync(mails, target);
        await mails.NextAsync();
        await daemon.StopAsync();

        var delivered = steps.First(step => step.OperationName == "deliver");
        var way = steps.Where(step => step.TraceId == delivered.TraceId).OrderBy(step => step.StartTimeUtc).Select(step => step.OperationName).Distinct();
        Assert.Equal(["claim", "probe", "fold", "announce", "store", "deliver"], way);
    }
}

using System.Text.Json;
using MassTransit.Serialization;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.UnitTests.Bus;

public sealed class CompleteMessageTests
{
    private static readonly ProbeResult Result = new()
    {
        TargetId = 1,
        Slot = SchedulerStore.Noon,
        StartedAt = SchedulerStore.Noon,
        Duration = TimeSpan.Zero,
        Reason = "ok",
        Description = "OK",
    };

    private static readonly ProbeStep Step = new("connect", SchedulerStore.Noon, TimeSpan.Zero, "Connection", StepOutcome.Ok);

    public static TheoryData<object, string?> Messages => new()
    {
        { new ProbeResults("p", [Result, Result with { Trace = [Step] }]), null },
        { new ProbeResults("p", []), null },
        { new ProbeResults(null!, [Result]), "Prober is missing." },
        { new ProbeResults("p", null!), "Results is missing." },
        { new ProbeResults("p", [Result, null!]), "Results[1] is missing." },
        { new ProbeResults("p", [Result with { Reason = null! }]), "Results[0].Reason is missing." },
        { new ProbeResults("p", [Result with { Timings = null! }]), "Results[0].Timings is missing." },
        { new ProbeResults("p", [Result with { Trace = [Step, null!] }]), "Results[0].Trace[1] is missing." },
        { new ProbeResults("p", [Result with { Trace = [Step with { Text = null! }] }]), "Results[0].Trace[0].Text is missing." },
        { new ProbeBatch(null!), "Jobs is missing." },
        { new ProbeBatch([null!]), "Jobs[0] is missing." },
        { new TestProbe(null!), "Job is missing." },
        { new StatusChangesStored(null!), "ChangeIds is missing." },
        { new StatusChangesStored([Guid.Empty]), null },
        { new StatusChangeBatch([null!]), "Changes[0] is missing." },
        { new NoticeBatch([null!]), "Notices[0] is missing." },
        { new ProberSeen(null!, "1", default, default, 0, 0), "Name is missing." },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_missing_part_of_a_message_is_named(object message, string? fault) => Assert.Equal(fault, CompleteMessage.FaultOf(message));

    [Theory]
    [InlineData("""{"prober": "p", "results": null}""")]
    [InlineData("""{"prober": "p"}""")]
    [InlineData("""{"prober": "p", "results": "wA=="}""")]
    [InlineData("""{"prober": "p", "results": "kcA="}""")]
    [InlineData("""{"prober": "p", "results": [null]}""")]
    public void An_incomplete_message_cannot_be_read(string json)
    {
        var options = PackedItems.AddTo(new JsonSerializerOptions(SystemTextJsonMessageSerializer.Options));

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ProbeResults>(json, options));
    }
}

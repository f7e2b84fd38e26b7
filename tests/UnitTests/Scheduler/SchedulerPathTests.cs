using Skypunch.Admin.V1;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>From a due target to an announced change, through the real claim, bus and fold.</summary>
public sealed class SchedulerPathTests
{
    // Less than the time after which a change is announced again.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_target_is_probed_on_its_schedule_and_its_failure_and_recovery_are_announced_in_order()
    {
        var down = true;
        var standIns = new StandIns();
        standIns.Probe = job => down ? SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch) : SchedulerStore.Result(job);
        await using var host = await SchedulerHost.StartAsync(standIns);
        var targets = new TargetService.TargetServiceClient(host.Channel);

        var created = await targets.CreateTargetAsync(ATarget("x"), cancellationToken: Cancellation);
        var failure = await standIns.Changes.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(AtOnce, Cancellation);
        down = false;
        var recovery = await standIns.Changes.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(AtOnce, Cancellation);

        Assert.Equal(("NEW", "FAIL"), (failure.From, failure.To));
        Assert.Equal(("FAIL", "PASS"), (recovery.From, recovery.To));
        Assert.Equal(failure.At, recovery.Since);
        var state = (await targets.GetTargetAsync(new GetTargetRequest { Id = created.Target.Id }, cancellationToken: Cancellation)).Target.State;
        Assert.Equal(TargetStatus.Pass, state.Status);
        Assert.Equal(TargetStatus.Fail, state.PreviousStatus);
        Assert.True(standIns.Jobs.Last().TraceOnPass, "a pass of a failed target is the recovery, and mailed with its trace");
        Assert.Equal((false, true), (standIns.Jobs.First().IsFailing, standIns.Jobs.Last().IsFailing));
    }

    [Fact]
    public async Task A_change_is_announced_again_until_it_is_answered()
    {
        var standIns = new StandIns { ChangesDropped = 1, Probe = job => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch) };
        await using var host = await SchedulerHost.StartAsync(standIns);
        await new TargetService.TargetServiceClient(host.Channel).CreateTargetAsync(ATarget("x"), cancellationToken: Cancellation);

        var first = await standIns.Changes.Reader.ReadAsync(Cancellation);
        var again = await standIns.Changes.Reader.ReadAsync(Cancellation);

        Assert.Equal(first.ChangeId, again.ChangeId);
    }

    [Fact]
    public async Task A_test_answers_with_the_trace_and_leaves_the_counters_alone()
    {
        var step = new ProbeStep("connect", SchedulerStore.Noon, TimeSpan.FromMilliseconds(2), "Connection   ", Skypunch.Contracts.StepOutcome.Fail);
        var standIns = new StandIns { Probe = job => SchedulerStore.Result(job, null, ProbeReasons.ConnectRefused) with { Trace = [step] } };
        await using var host = await SchedulerHost.StartAsync(standIns);
        var targets = new TargetService.TargetServiceClient(host.Channel);
        var request = ATarget("x");
        request.Target.Enabled = false;
        var id = (await targets.CreateTargetAsync(request, cancellationToken: Cancellation)).Target.Id;

        var response = await targets.TestTargetAsync(new TestTargetRequest { Id = id }, cancellationToken: Cancellation);

        Assert.False(response.Report.Passed);
        Assert.Equal(("connect_refused", "stand-in"), (response.Report.Reason, response.Report.Prober));
        Assert.Equal(("connect", "Connection   ", Skypunch.Admin.V1.StepOutcome.Fail), (response.Report.Steps[0].Phase, response.Report.Steps[0].Text, response.Report.Steps[0].Outcome));
        var state = (await targets.GetTargetAsync(new GetTargetRequest { Id = id }, cancellationToken: Cancellation)).Target.State;
        Assert.Equal((TargetStatus.New, 0L, 0L), (state.Status, state.PassCount, state.FailCount));
    }

    [Fact]
    public async Task The_system_status_counts_its_targets()
    {
        await using var host = await SchedulerHost.StartAsync(new StandIns());
        var targets = new TargetService.TargetServiceClient(host.Channel);
        var disabled = ATarget("disabled");
        disabled.Target.Enabled = false;
        await targets.CreateTargetAsync(disabled, cancellationToken: Cancellation);

        var status = await new SystemService.SystemServiceClient(host.Channel).GetSystemStatusAsync(new GetSystemStatusRequest(), cancellationToken: Cancellation);

        Assert.Equal((0L, 0L, 1L), (status.Targets.NewCount, status.Targets.FailCount, status.Targets.DisabledCount));
        Assert.NotEmpty(status.Version);
    }

    private static CreateTargetRequest ATarget(string name) => new()
    {
        Target = new Target { Name = name, Url = "http://127.0.0.1:9/", Frequency = new() { Seconds = 1 }, Timeout = new() { Seconds = 1 } },
    };
}

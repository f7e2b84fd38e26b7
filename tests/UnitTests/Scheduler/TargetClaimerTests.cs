using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetClaimerTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task A_job_that_waits_while_the_clock_is_set_is_run_once_and_at_its_moment(int seconds)
    {
        var (standIns, clock, jump) = (new StandIns(), new SetClock(), TimeSpan.FromSeconds(seconds));
        await using var host = await SchedulerHost.StartAsync(standIns, clock);
        var queue = host.Services.GetRequiredService<ReleaseQueue>();
        await new TargetService.TargetServiceClient(host.Channel).CreateTargetAsync(
            new CreateTargetRequest { Target = new() { Name = "x", Url = "http://127.0.0.1/", Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) } },
            cancellationToken: TestContext.Current.CancellationToken);
        await standIns.NextJobAsync();
        await standIns.NextJobAsync();
        await Eventually.HoldsAsync(() => queue.Count > 0, "the next job is claimed, as soon as the result is folded");
        var before = standIns.Jobs.Count;
        clock.Jump = jump;
        for (var i = 0; i < 4; i++)
        {
            await standIns.NextJobAsync();
        }

        var slots = standIns.Jobs.Skip(before - 1).Select(job => job.Slot).ToList();
        slots[0] += jump;
        Assert.All(slots.Zip(slots.Skip(1)), two => Assert.InRange(two.Second - two.First, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3)));
    }

    /// <summary>A system clock that has been set.</summary>
    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Jump { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;
    }
}

using Skypunch.Contracts;
using Skypunch.Prober.Jobs;

namespace Skypunch.UnitTests.Prober;

public sealed class JobsForOthersTests
{
    [Fact]
    public async Task A_job_for_another_prober_is_passed_on_and_run_here_when_nobody_else_takes_it()
    {
        await using var web = Serving();
        await using var prober = await AProberOnABus.StartAsync(settings: ("Prober:Name", "me"));
        var job = AProbe.Job(web.Url) with { NotBy = "me" };

        await prober.PublishAsync(job);
        await prober.ResultsAsync(1);

        Assert.Equal(JobsForOthers.MostTimes, prober.Harness.Published.Select<ProbeBatch>(new CancellationToken(canceled: true)).Count(batch => batch.Context.Message.Jobs[0].PassedOn > 0));
    }

    [Fact]
    public async Task A_job_that_another_prober_has_seen_fail_is_run_here_and_so_are_the_others_of_its_batch()
    {
        await using var web = Serving();
        await using var prober = await AProberOnABus.StartAsync(settings: ("Prober:Name", "me"));

        await prober.PublishAsync(AProbe.Job(web.Url) with { TargetId = 1, NotBy = "other" }, AProbe.Job(web.Url) with { TargetId = 2 });

        Assert.Equal([1, 2], (await prober.ResultsAsync(2)).Order());
    }

    private static RawServer Serving() => new(async (stream, token) =>
    {
        await RawServer.ReadRequestAsync(stream, token);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token);
    });
}

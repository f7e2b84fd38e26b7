using System.Security.Cryptography;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.Bus;

namespace Skypunch.UnitTests.Prober;

public sealed class ProbeBatchTests
{
    private static readonly byte[] Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    [Fact]
    public async Task A_slow_target_does_not_hold_up_a_quick_ones_result_and_the_batch_is_acknowledged_after_the_last()
    {
        var gate = new TaskCompletionSource();
        await using var slow = Serving(gate.Task);
        await using var quick = Serving(Task.CompletedTask);
        await using var prober = await AProberOnABus.StartAsync();

        await prober.PublishAsync(AProbe.Job(slow.Url), AProbe.Job(quick.Url) with { TargetId = 2 });

        Assert.Equal(new List<long> { 2 }, await prober.ResultsAsync(1));
        Assert.False(prober.IsAcknowledged());

        gate.SetResult();

        Assert.Equal(new List<long> { 2, 1 }, await prober.ResultsAsync(2));
        await prober.AcknowledgedAsync();
    }

    [Fact]
    public async Task A_batch_is_not_acknowledged_while_its_results_are_not_published()
    {
        await using var server = Serving(Task.CompletedTask);
        await using var prober = await AProberOnABus.StartAsync();
        var broker = new SlowBroker<ProbeResults>();
        prober.Harness.Bus.ConnectPublishObserver(broker);

        await prober.PublishAsync(AProbe.Job(server.Url));
        await broker.Asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.False(prober.IsAcknowledged());

        broker.Answer.SetResult();

        await prober.AcknowledgedAsync();
    }

    [Fact]
    public async Task A_batch_whose_results_cannot_be_published_is_not_acknowledged()
    {
        await using var server = Serving(Task.CompletedTask);
        await using var prober = await AProberOnABus.StartAsync();
        var broker = new SlowBroker<ProbeResults>();
        broker.Answer.SetException(new InvalidOperationException("The broker refuses."));
        prober.Harness.Bus.ConnectPublishObserver(broker);

        await prober.PublishAsync(AProbe.Job(server.Url));

        Assert.True(await prober.Harness.Consumed.Any<ProbeBatch>(
            message => message.Exception is InvalidOperationException,
            TestContext.Current.CancellationToken));
        Assert.False(prober.IsAcknowledged());
    }

    [Fact]
    public async Task A_fault_of_our_own_gives_no_result_is_told_as_that_and_does_not_spoil_the_others()
    {
        await using var server = Serving(Task.CompletedTask);
        await using var prober = await AProberOnABus.StartAsync();
        var foreign = new SecretBox(RandomNumberGenerator.GetBytes(SecretKeys.Bytes));
        var broken = AProbe.Job(server.Url) with { Authn = "BASIC", SealedAuthnParameters = foreign.Seal(SecretPlace.InJob(SecretNames.Authn, 1, DateTimeOffset.UnixEpoch, server.Url), "user=a,password=b") };

        await prober.PublishAsync(broken, AProbe.Job(server.Url) with { TargetId = 2 });
        await prober.AcknowledgedAsync();

        Assert.Equal(new List<long> { 2 }, await prober.ResultsAsync(1));
        Assert.Equal([(1L, broken.Slot, false)], NotProbed(prober).Select(slot => (slot.TargetId, slot.Slot, slot.IsWithheld)));
        Assert.Contains(prober.Log.Lines, line => line.Level is LogLevel.Error
            && line.Text == "Target 1 could not be probed. This is a fault of Skypunch or of its settings, not of the target.");
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task No_more_probes_run_side_by_side_than_the_limit_says()
    {
        var gate = new TaskCompletionSource();
        var full = new TaskCompletionSource();
        var (running, most) = (0, 0);
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            most = Math.Max(most, Interlocked.Increment(ref running));
            if (most == 3)
            {
                full.TrySetResult();
            }

            await gate.Task.WaitAsync(token);
            Interlocked.Decrement(ref running);
            await stream.WriteAsync(Ok, token);
        });
        await using var prober = await AProberOnABus.StartAsync(settings: ("Prober:MaxConcurrentProbes", "3"));

        await prober.PublishAsync([.. Enumerable.Range(1, 12).Select(id => AProbe.Job(server.Url) with { TargetId = id })]);
        await full.Task.WaitAsync(TestContext.Current.CancellationToken);
        gate.SetResult();

        Assert.Equal(Enumerable.Range(1, 12).Select(id => (long)id), (await prober.ResultsAsync(12)).Order());
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Jobs_that_find_no_place_in_time_are_dropped_without_a_result_and_the_batch_says_so_once()
    {
        var gate = new TaskCompletionSource();
        await using var server = Serving(gate.Task);
        await using var prober = await AProberOnABus.StartAsync(settings: ("Prober:MaxConcurrentProbes", "1"));
        var impatient = AProbe.Job(server.Url) with { Patience = TimeSpan.Zero };

        await prober.PublishAsync(AProbe.Job(server.Url));
        await Eventually.HoldsAsync(() => server.Connections > 0, "the first job has the place");
        await prober.PublishAsync(impatient with { TargetId = 2 }, impatient with { TargetId = 3 });
        await prober.AcknowledgedAsync(); // the second batch; the first still waits for the server's answer
        gate.SetResult();

        Assert.Equal(new List<long> { 1 }, await prober.ResultsAsync(1));
        Assert.Equal(1, server.Connections);
        var warning = Assert.Single(prober.Log.Lines, line => line.Level is LogLevel.Warning && line.Category == "Skypunch.Prober.Jobs.ProbeBatchConsumer");
        Assert.StartsWith("2 of 2 probes of a batch found no place in time and were dropped", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_whose_time_is_over_are_not_run_which_is_told_once()
    {
        await using var server = Serving(Task.CompletedTask);
        await using var prober = await AProberOnABus.StartAsync();
        var now = TimeProvider.System.GetUtcNow();

        await prober.PublishAsync(
            AProbe.Job(server.Url) with { StartBy = now.AddSeconds(-1) },
            AProbe.Job(server.Url) with { TargetId = 2, StartBy = now.AddSeconds(30) },
            AProbe.Job(server.Url) with { TargetId = 3, StartBy = now.AddMinutes(-1) });
        await prober.AcknowledgedAsync();
        await Eventually.HoldsAsync(
            () => prober.Log.Lines.Any(line => line.Text.StartsWith("2 probes were not made, since their time was over when their turn came", StringComparison.Ordinal)),
            "both jobs are told as too late");

        Assert.Equal(new List<long> { 2 }, await prober.ResultsAsync(1));
        Assert.Equal(1, server.Connections);
        Assert.Equal([(1L, true), (3L, true)], NotProbed(prober).Select(slot => (slot.TargetId, slot.IsWithheld))); // their targets need not wait for the end of a lease
    }

    [Fact]
    public async Task A_job_whose_time_ends_while_it_waits_for_a_place_is_not_run()
    {
        var gate = new TaskCompletionSource();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = Serving(gate.Task);
        await using var prober = await AProberOnABus.StartAsync(parts => parts.AddSingleton<TimeProvider>(clock), ("Prober:MaxConcurrentProbes", "1"));

        var patient = AProbe.Job(server.Url) with { Timeout = TimeSpan.FromMinutes(5), Patience = TimeSpan.FromMinutes(4) };
        await prober.PublishAsync(patient, patient with { TargetId = 2, StartBy = clock.GetUtcNow().AddMinutes(1) });
        await Eventually.HoldsAsync(() => server.Connections > 0, "the first job has the place");
        clock.Advance(TimeSpan.FromMinutes(2));
        gate.SetResult();
        await Eventually.HoldsAsync(
            prober.IsAcknowledged, "the batch is acknowledged", meanwhile: () => clock.Advance(TimeSpan.FromMilliseconds(10))); // the result waits for others by the same clock

        Assert.Equal(new List<long> { 1 }, await prober.ResultsAsync(1));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_Prober_that_stops_lets_its_probes_finish_for_a_while_and_then_gives_the_batch_back_without_a_result()
    {
        var asked = new TaskCompletionSource();
        var clock = new FakeTimeProvider();
        using var host = new AHost();
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        await using var prober = await AProberOnABus.StartAsync(
            parts => parts.AddSingleton<TimeProvider>(clock).AddSingleton<IHostApplicationLifetime>(host));
        await prober.PublishAsync(AProbe.Job(server.Url) with { Timeout = TimeSpan.FromMinutes(5) });
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        host.StopApplication();
        clock.Advance(TimeSpan.FromSeconds(19));

        Assert.False(prober.Harness.Consumed.Select<ProbeBatch>(new CancellationToken(canceled: true)).Any());

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await prober.Harness.Consumed.Any<ProbeBatch>(
            message => message.Exception is ConsumerCanceledException,
            TestContext.Current.CancellationToken));
        Assert.Empty(prober.Harness.Published.Select<ProbeResults>(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Each_scheduled_probe_has_its_line_in_the_log_in_the_2013_format()
    {
        await using var server = Serving(Task.CompletedTask);
        await using var prober = await AProberOnABus.StartAsync();

        await prober.PublishAsync(
            AProbe.Job(server.Url) with { Name = "HP Cloud Dot COM" },
            AProbe.Job("http://me:secret@a.example/") with { TargetId = 2, Name = "two\nlines" },
            AProbe.Job(null!) with { TargetId = 3, Name = null!, Method = null! });
        await prober.AcknowledgedAsync();

        var lines = prober.Log.Lines.Where(line => line.Category == "Skypunch.ProbeLog").Select(line => (line.Level, line.Text)).ToArray();
        Assert.Contains((LogLevel.Information, $"[1] HP Cloud Dot COM               GET {server.Url} PASS (OK)"), lines);
        Assert.Contains(
            (LogLevel.Error,
             "[2] two lines                      GET http://***@a.example/ FAIL (url must be without a user and password in it; use authn BASIC)"),
            lines);
        Assert.Contains(lines, line => line.Text.StartsWith("[3] ", StringComparison.Ordinal));
        Assert.DoesNotContain(prober.Log.Lines, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_that_a_fault_of_ours_prevents_is_answered_as_that()
    {
        await using var prober = await AProberOnABus.StartAsync();
        var foreign = new SecretBox(System.Security.Cryptography.RandomNumberGenerator.GetBytes(SecretKeys.Bytes));
        var job = AProbe.Job("http://127.0.0.1:9") with { SealedHeaders = foreign.Seal(SecretPlace.InJob(SecretNames.Headers, 1, DateTimeOffset.UnixEpoch, "http://127.0.0.1:9"), "X: y") };

        var answer = await prober.Harness.GetRequestClient<TestProbe>()
            .GetResponse<TestProbed>(new TestProbe(job), TestContext.Current.CancellationToken);

        var result = answer.Message.Result;
        Assert.Equal(ProbeReasons.Internal, result.Reason);
        Assert.Equal(
            "the prober could not run the probe: this is a fault of Skypunch or of its settings, not of the target",
            result.Description);
        Assert.Equal($"The log of the prober {answer.Message.Prober} tells more.", result.Advice);
        Assert.Contains(prober.Log.Lines, line => line.Text == "The test of target 1 could not be run. This is no fault of the target.");
    }

    [Fact]
    public async Task A_test_is_answered_with_its_trace_and_is_not_in_the_log_of_probes()
    {
        await using var server = Serving(Task.CompletedTask);
        await using var prober = await AProberOnABus.StartAsync(settings: ("Prober:Name", "p1"));

        var answer = await prober.Harness.GetRequestClient<TestProbe>()
            .GetResponse<TestProbed>(new TestProbe(AProbe.Job(server.Url)), TestContext.Current.CancellationToken);

        Assert.Equal("p1", answer.Message.Prober);
        Assert.True(answer.Message.Result.Passed);
        Assert.Equal("Response [OK]", answer.Message.Result.Lines()[^1]);
        Assert.DoesNotContain(prober.Log.Lines, line => line.Category == "Skypunch.ProbeLog");
    }

    private static IEnumerable<NotProbed> NotProbed(AProberOnABus prober)
        => prober.Harness.Published.Select<ProbeResults>(new CancellationToken(canceled: true)).SelectMany(published => published.Context.Message.NotProbed ?? []);

    private static RawServer Serving(Task gate) => new(async (stream, token) =>
    {
        await RawServer.ReadRequestAsync(stream, token);
        await gate.WaitAsync(token);
        await stream.WriteAsync(Ok, token);
    });
}

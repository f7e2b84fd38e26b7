using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Prober.Jobs;

namespace Skypunch.UnitTests.Prober;

/// <summary>The clock stands still between two advances; an advance by more than a tick is a pause of the process.</summary>
public sealed class FairProbeTests
{
    private static readonly byte[] Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_deadline_that_passed_while_the_process_stood_still_is_no_verdict_and_the_probe_is_made_again()
    {
        await using var server = new Targets(times => times == 1 ? null : Ok);

        var result = await RunAsync(server, pause: TimeSpan.FromSeconds(11));

        Assert.Equal(("OK", 2), (result!.Description, server.Requests));
    }

    [Fact]
    public async Task A_deadline_that_passed_while_the_process_ran_is_a_verdict()
    {
        await using var server = new Targets(_ => null);

        var result = await RunAsync(server, pause: null, tick: true);

        Assert.Equal((ProbeReasons.RequestTimeout, 1), (result!.Reason, server.Requests));
    }

    [Fact]
    public async Task A_target_that_is_down_fails_by_the_probe_that_is_made_again()
    {
        await using var server = new Targets(times => times == 1 ? null : "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        var result = await RunAsync(server, pause: TimeSpan.FromSeconds(11));

        Assert.Equal((503, 2), (result!.StatusCode, server.Requests));
    }

    [Fact]
    public async Task A_failure_that_a_pause_cannot_cause_stands()
    {
        await using var server = new Targets(_ => "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"u8.ToArray()) { Before = () => _clock.Advance(TimeSpan.FromSeconds(3)) };

        var result = await RunAsync(server, pause: null);

        Assert.Equal((503, 1), (result!.StatusCode, server.Requests));
    }

    [Fact]
    public async Task A_pass_stands()
    {
        await using var server = new Targets(_ => Ok) { Before = () => _clock.Advance(TimeSpan.FromSeconds(3)) };

        var result = await RunAsync(server, pause: null);

        Assert.Equal(("OK", 1), (result!.Description, server.Requests));
    }

    [Theory]
    [InlineData("latency < 2s", 2)]
    [InlineData("latency < 2s\nbody contains up", 1)]
    public async Task A_latency_that_was_a_pause_is_no_verdict_unless_something_else_does_not_hold(string assertions, int requests)
    {
        var isFirst = true;
        await using var server = new Targets(_ => Ok)
        {
            Before = () =>
            {
                _clock.Advance(isFirst ? TimeSpan.FromSeconds(3) : TimeSpan.Zero);
                isFirst = false;
            },
        };

        var result = await RunAsync(server, pause: null, assertions);

        Assert.Equal((requests == 2, requests), (result!.Passed, server.Requests));
    }

    [Fact]
    public async Task A_probe_that_would_be_too_late_is_not_made_again_and_has_no_result()
    {
        await using var server = new Targets(_ => null);

        var result = await RunAsync(server, pause: TimeSpan.FromSeconds(11), startBy: TimeSpan.FromSeconds(5));

        Assert.Equal((null, 1), (result, server.Requests));
    }

    [Fact]
    public async Task A_process_that_stands_still_each_time_tries_three_times()
    {
        Targets? server = null;
        server = new Targets(_ => null) { After = () => _clock.Advance(TimeSpan.FromSeconds(11)) };
        await using (server)
        {
            var result = await RunAsync(server, pause: null);

            Assert.Equal((null, 3), (result, server.Requests));
        }
    }

    [Fact]
    public async Task A_test_is_repeated_too()
    {
        var isFirst = true;
        await using var server = new Targets(times => times == 1 ? null : Ok)
        {
            After = () =>
            {
                _clock.Advance(isFirst ? TimeSpan.FromSeconds(11) : TimeSpan.Zero);
                isFirst = false;
            },
        };
        await using var prober = await AProberOnABus.StartAsync(parts => parts.AddSingleton<TimeProvider>(_clock));

        var answer = await prober.Harness.GetRequestClient<TestProbe>()
            .GetResponse<TestProbed>(new TestProbe(AProbe.Job(server.Url)), TestContext.Current.CancellationToken);

        Assert.Equal(("OK", 2), (answer.Message.Result.Description, server.Requests));
    }

    // At first the target hangs. The time advances in one step, which is a pause, or in ticks.
    private async Task<ProbeResult?> RunAsync(Targets server, TimeSpan? pause, string? assertions = null, TimeSpan? startBy = null, bool tick = false)
    {
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(_clock).BuildServiceProvider();
        var job = AProbe.Job(server.Url) with { Assertions = assertions };
        var last = startBy is { } span ? _clock.GetTimestamp() + (long)(span.TotalSeconds * _clock.TimestampFrequency) : long.MaxValue;
        var probe = services.GetRequiredService<FairProbe>().RunAsync(job, traced: false, last, TestContext.Current.CancellationToken).AsTask();
        await Task.WhenAny(server.Asked.Task, probe);
        if (pause is { } still)
        {
            _clock.Advance(still);
        }

        if (tick)
        {
            await Eventually.HoldsAsync(() => probe.IsCompleted, "the probe ends", meanwhile: () => _clock.Advance(TimeSpan.FromMilliseconds(10)));
        }

        return await probe;
    }

    /// <summary>A target that gives the next answer to each request, or no answer.</summary>
    private sealed class Targets : IAsyncDisposable
    {
        private readonly RawServer _server;
        private int _requests;

        public Targets(Func<int, byte[]?> answer) => _server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            var response = answer(Interlocked.Increment(ref _requests));
            Before();
            Asked.TrySetResult();
            After();
            if (response is null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }

            await stream.WriteAsync(response, token);
        });

        public string Url => _server.Url;

        public int Requests => _requests;

        public Action Before { get; set; } = () => { };

        public Action After { get; set; } = () => { };

        public TaskCompletionSource Asked { get; } = new();

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}

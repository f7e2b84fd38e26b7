using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Prober.Doubt;
using Skypunch.Prober.Jobs;

namespace Skypunch.UnitTests.Prober;

public sealed class SelfDoubtTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private TcpListener _reference = Listening(0);
    private ServiceProvider? _services;

    private SelfDoubt Doubt => _services!.GetRequiredService<SelfDoubt>();

    [Fact]
    public async Task Without_references_a_failure_is_the_targets()
    {
        await StartAsync(references: "");

        Assert.False(await FailsAsync());
        Assert.False(Doubt.IsCutOff);
    }

    [Fact]
    public async Task A_failure_is_the_targets_where_a_reference_answers()
    {
        await StartAsync(Reference);

        Assert.False(await FailsAsync());
        Assert.False(Doubt.IsCutOff);
    }

    [Fact]
    public async Task A_failure_is_the_probers_where_nothing_answers()
    {
        await StartAsync(Reference);
        _reference.Stop();

        Assert.True(await FailsAsync());
        Assert.True(Doubt.IsCutOff);
        Assert.True(await FailsAsync(job => job with { IsFailing = true }));
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)] // answered before the failing probe began
    [InlineData(0, 2, true)] // answered, but two seconds before it ended
    public async Task Another_targets_answer_shows_that_the_network_is_well(int secondsBeforeItBegan, int secondsBeforeItEnded, bool isOwnFault)
    {
        await StartAsync(Reference);
        _reference.Stop();
        var (first, then) = secondsBeforeItBegan > 0 ? (secondsBeforeItBegan, 0) : (0, secondsBeforeItEnded);

        var began = _clock.GetTimestamp();
        await Doubt.IsOwnFaultAsync(AProbe.Job("http://127.0.0.1/"), Result(ProbeReasons.StatusMismatch, 503), began);
        _clock.Advance(TimeSpan.FromSeconds(first));
        began = first > 0 ? _clock.GetTimestamp() : began;
        _clock.Advance(TimeSpan.FromSeconds(then));

        Assert.Equal(isOwnFault, await Doubt.IsOwnFaultAsync(AProbe.Job("http://127.0.0.1/"), Result(ProbeReasons.ConnectTimeout), began));
    }

    [Fact]
    public async Task A_prober_comes_back_when_a_reference_answers_again()
    {
        await StartAsync(Reference);
        var port = ((IPEndPoint)_reference.LocalEndpoint).Port;
        _reference.Stop();
        Assert.True(await FailsAsync());

        _reference = Listening(port);
        _clock.Advance(SelfDoubt.Fresh); // it looks by itself
        using (await _reference.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            Assert.False(await FailsAsync());
        }

        Assert.False(Doubt.IsCutOff);
    }

    [Fact]
    public async Task An_answer_of_a_target_ends_it_too()
    {
        await StartAsync(Reference);
        _reference.Stop();
        Assert.True(await FailsAsync());

        Assert.False(await Doubt.IsOwnFaultAsync(AProbe.Job("http://127.0.0.1/"), Result(ProbeReasons.Ok, 200), _clock.GetTimestamp()));

        Assert.False(Doubt.IsCutOff);
    }

    [Fact]
    public async Task A_reference_that_has_never_answered_tells_nothing()
    {
        var gone = Reference;
        _reference.Stop();
        await StartAsync(gone);

        Assert.False(await FailsAsync());
    }

    [Fact]
    public async Task What_a_prober_that_is_cut_off_finds_is_not_published_and_its_work_goes_to_others()
    {
        await using var prober = await AProberOnABus.StartAsync(settings: ("Prober:References", Reference));
        await prober.Services.GetRequiredService<References>().LearnAsync(TestContext.Current.CancellationToken);
        var target = Listening(0);
        var url = $"http://{target.LocalEndpoint}/";
        target.Stop();
        _reference.Stop();

        await prober.PublishAsync(AProbe.Job(url));
        await prober.AcknowledgedAsync();
        await prober.PublishAsync(AProbe.Job(url) with { TargetId = 2 });
        await PassedOnAsync(prober, JobsForOthers.MostTimes);

        Assert.False(prober.Harness.Published.Select<ProbeResults>(new CancellationToken(canceled: true)).Any());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("127.0.0.1:80, https://example.org/x http://[::1]:7414", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("http://", false)]
    public void A_reference_is_a_host_with_a_port_or_a_url(string? text, bool isValid) => Assert.Equal(isValid, References.AreValid(text));

    public async ValueTask DisposeAsync()
    {
        _reference.Dispose();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    private string Reference => _reference.LocalEndpoint.ToString()!;

    private async Task StartAsync(string references)
    {
        _services = AProbe.Parts(("Prober:References", references)).AddSingleton<TimeProvider>(_clock).BuildServiceProvider();
        await _services.GetRequiredService<References>().LearnAsync(TestContext.Current.CancellationToken);
        while (_reference.Server.IsBound && _reference.Pending())
        {
            (await _reference.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
        }
    }

    private ValueTask<bool> FailsAsync(Func<ProbeJob, ProbeJob>? change = null)
        => Doubt.IsOwnFaultAsync((change ?? (job => job))(AProbe.Job("http://127.0.0.1/")), Result(ProbeReasons.ConnectRefused), _clock.GetTimestamp());

    private static async Task PassedOnAsync(AProberOnABus prober, int times)
    {
        await foreach (var batch in prober.Harness.Published.SelectAsync<ProbeBatch>(TestContext.Current.CancellationToken))
        {
            if (batch.Context.Message.Jobs[0].PassedOn == times)
            {
                return;
            }
        }

        Assert.Fail($"The job was not passed on {times} times.");
    }

    private static ProbeResult Result(string reason, int? status = null) => new()
    {
        TargetId = 1,
        Slot = DateTimeOffset.UnixEpoch,
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.Zero,
        Reason = reason,
        Description = reason,
        StatusCode = status,
    };

    private static TcpListener Listening(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Prober.Doubt;
using Skypunch.Prober.Jobs;
using Skypunch.Prober.Settings;

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
    [InlineData(false, true)] // it answered with an error before: the network is new
    [InlineData(true, false)]
    public async Task A_target_that_is_down_already_is_blamed_without_a_look_only_where_it_failed_by_the_network_before(bool byNetwork, bool isOwnFault)
    {
        await StartAsync(Reference);
        _reference.Stop();

        Assert.Equal(isOwnFault, await FailsAsync(job => job with { IsFailing = true, IsFailingByNetwork = byNetwork }));
        Assert.Equal(isOwnFault, Doubt.IsCutOff);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)] // the other target answered before the failing probe began
    [InlineData(0, 2, true)] // the other target answered during the failing probe, two seconds before its end
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
    public async Task Targets_that_have_passed_once_are_known_before_their_next_jobs_say_so()
    {
        await StartAsync(references: "");
        var gone = ((IPEndPoint)_reference.LocalEndpoint).Port;
        _reference.Stop();
        for (var id = 1; id <= 5; id++)
        {
            var job = AProbe.Job($"http://127.0.0.1:{gone}/") with { TargetId = id, TraceOnPass = true };
            Assert.False(await Doubt.IsOwnFaultAsync(job, Result(ProbeReasons.Ok, 200), _clock.GetTimestamp()));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await FailsAsync(job => job with { TargetId = 1, TraceOnPass = false }));
        Assert.True(Doubt.IsCutOff);
    }

    [Fact]
    public async Task A_prober_comes_back_when_a_reference_answers_again()
    {
        await StartAsync(Reference);
        var port = ((IPEndPoint)_reference.LocalEndpoint).Port;
        _reference.Stop();
        Assert.True(await FailsAsync());

        _reference = Listening(port);
        _clock.Advance(SelfDoubt.CheckEvery); // the Prober checks by itself
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

        var published = prober.Harness.Published.Select<ProbeResults>(new CancellationToken(canceled: true)).Select(results => results.Context.Message).ToList();
        Assert.DoesNotContain(published, results => results.Results.Count > 0);
        Assert.Equal([(1L, true)], published.SelectMany(results => results.NotProbed ?? []).Select(slot => (slot.TargetId, slot.IsWithheld)).Distinct().Take(1));
    }

    [Fact]
    public async Task Without_references_the_targets_that_passed_are_asked()
    {
        await StartAsync(references: "");
        Passed(PassingTargets.FewestOthers + 1);

        var whileTheyAnswer = await FailsAsync();
        _reference.Stop();
        var whileNoneDoes = await FailsAsync();

        Assert.False(whileTheyAnswer);
        Assert.True(whileNoneDoes);
        Assert.True(Doubt.IsCutOff);
    }

    [Fact]
    public async Task Few_targets_that_fail_together_are_reported_as_failures()
    {
        await StartAsync(references: "");
        Passed(PassingTargets.FewestOthers);
        _reference.Stop();

        Assert.False(await FailsAsync());
        Assert.False(Doubt.IsCutOff);
    }

    public static TheoryData<string, Func<ProbeJob, ProbeJob>> NoReferences => new()
    {
        { "FAIL", job => job with { IsFailing = true } },
        { "NEW", job => job with { TraceOnPass = true } },
        { "behind a proxy", job => job with { SealedProxy = "sealed" } },
        { "in a catalog", job => job with { Catalog = new CatalogService("compute", null, null) } },
    };

    [Theory]
    [MemberData(nameof(NoReferences))]
    public async Task Targets_that_do_not_pass_or_have_no_address_of_their_own_are_no_references(string what, Func<ProbeJob, ProbeJob> change)
    {
        await StartAsync(references: "");
        Passed(PassingTargets.FewestOthers + 1);
        Passed(PassingTargets.FewestOthers + 1, change);
        _reference.Stop();

        Assert.False(await FailsAsync(), what);
    }

    [Fact]
    public async Task What_began_while_the_prober_was_cut_off_is_no_verdict_later_either()
    {
        await StartAsync(Reference);
        var port = ((IPEndPoint)_reference.LocalEndpoint).Port;
        _reference.Stop();
        Assert.True(await FailsAsync());
        var began = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        _reference = Listening(port);
        var back = Doubt.IsOwnFaultAsync(AProbe.Job("http://127.0.0.1/"), Result(ProbeReasons.Ok, 200), _clock.GetTimestamp());

        Assert.False(await back);
        Assert.True(await Doubt.IsOwnFaultAsync(AProbe.Job("http://127.0.0.1/"), Result(ProbeReasons.ConnectTimeout), began));
        Assert.False(await FailsAsync());
    }

    [Theory]
    [InlineData(119, true)]
    [InlineData(120, false)]
    public async Task What_nobody_else_can_look_at_is_withheld_for_two_minutes(int seconds, bool isWithheld)
    {
        await StartAsync(Reference);
        _reference.Stop();
        Assert.True(await FailsAsync());

        _clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isWithheld, await FailsAsync());
        Assert.True(Doubt.IsCutOff);
    }

    [Theory]
    [InlineData(2, "me, other", false)] // all others are cut off, too
    [InlineData(3, "me, other", true)] // the third Prober can probe the target
    [InlineData(1, "me", true)]
    [InlineData(2, "other", false)] // the others do not know yet that this Prober is cut off
    public async Task Probers_that_are_all_cut_off_confirm_each_other(int alive, string cutOff, bool isWithheld)
    {
        await StartAsync(Reference);
        _reference.Stop();

        var job = AProbe.Job("http://127.0.0.1/");
        Assert.Equal(isWithheld, await Doubt.IsOwnFaultAsync(job, Result(ProbeReasons.ConnectRefused), _clock.GetTimestamp(), new ProberFleet(alive, cutOff.Split(", "))));
        Assert.True(Doubt.IsCutOff);
    }

    [Fact]
    public async Task A_prober_that_is_known_to_be_alone_passes_nothing_on()
    {
        await using var prober = await AProberOnABus.StartAsync(settings: [("Prober:References", Reference), ("Prober:Name", "me")]);
        await prober.Services.GetRequiredService<References>().LearnAsync(TestContext.Current.CancellationToken);
        _reference.Stop();
        var doubt = prober.Services.GetRequiredService<SelfDoubt>();
        Assert.True(await doubt.IsOwnFaultAsync(AProbe.Job("http://127.0.0.1/"), Result(ProbeReasons.ConnectRefused), TimeProvider.System.GetTimestamp()));
        var others = prober.Services.GetRequiredService<JobsForOthers>();
        ProbeJob[] jobs = [AProbe.Job("http://127.0.0.1/")];

        Assert.Empty(await others.PassOnAsync(jobs, TimeProvider.System.GetUtcNow(), new ProberFleet(2, ["me"]), TestContext.Current.CancellationToken));
        Assert.Equal(jobs, await others.PassOnAsync(jobs, TimeProvider.System.GetUtcNow(), new ProberFleet(1, ["me"]), TestContext.Current.CancellationToken));
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
        _services = AProbe.Parts(("Prober:References", references)).AddSingleton<TimeProvider>(_clock)
            .Configure<ProberOptions>(options => options.Name = "me").BuildServiceProvider();
        await _services.GetRequiredService<References>().LearnAsync(TestContext.Current.CancellationToken);
        while (_reference.Server.IsBound && _reference.Pending())
        {
            (await _reference.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
        }
    }

    private ValueTask<bool> FailsAsync(Func<ProbeJob, ProbeJob>? change = null)
        => Doubt.IsOwnFaultAsync((change ?? (job => job))(AProbe.Job("http://127.0.0.1/")), Result(ProbeReasons.ConnectRefused), _clock.GetTimestamp());

    private void Passed(int targets, Func<ProbeJob, ProbeJob>? change = null)
    {
        for (var id = 1; id <= targets; id++)
        {
            _services!.GetRequiredService<PassingTargets>().Note((change ?? (job => job))(AProbe.Job($"http://{Reference}/{id}") with { TargetId = id }));
        }
    }

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

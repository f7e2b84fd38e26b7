using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TestOfUnsavedTests : IAsyncLifetime
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<ProbeJob> _jobs = new();
    private SchedulerHost _host = null!;
    private TargetService.TargetServiceClient _targets = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulerHost.StartAsync(new StandIns { Probe = Take });
        _targets = new TargetService.TargetServiceClient(_host.Channel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_is_no_target_yet_is_probed_with_its_secrets_and_not_stored()
    {
        var target = new Target { Url = "http://localhost/new", Authn = Authn.Basic, AuthnParams = "user=me,password=secret", Timeout = new Duration { Seconds = 60 } };

        var answer = await _targets.TestTargetAsync(new() { Target = target }, cancellationToken: Cancellation);

        var job = Assert.Single(_jobs);
        Assert.Equal(("http://localhost/new", 60, true), (job.Url, job.Timeout.TotalSeconds, job.SealedAuthnParameters is not null));
        Assert.Equal((0, "", true), (answer.Target.Id, answer.Target.AuthnParams, answer.Report.Passed));
        Assert.Empty((await _targets.ListTargetsAsync(new(), cancellationToken: Cancellation)).Targets);
    }

    [Fact]
    public async Task A_target_is_probed_as_it_would_be_with_a_change_and_stays_as_it_is()
    {
        var stored = await CreateAsync();
        var change = new TestTargetRequest { Id = stored.Id, Target = new Target { Id = 99, Url = "http://localhost/other" }, UpdateMask = new FieldMask { Paths = { "url" } } };

        var answer = await _targets.TestTargetAsync(change, cancellationToken: Cancellation);

        var job = Assert.Single(_jobs);
        Assert.Equal(("http://localhost/other", true), (job.Url, job.SealedHeaders is not null));
        Assert.Equal((stored.Id, "http://localhost/other"), (answer.Target.Id, answer.Target.Url));
        Assert.Equal(stored, (await _targets.GetTargetAsync(new() { Id = stored.Id }, cancellationToken: Cancellation)).Target);
    }

    [Fact]
    public async Task A_stored_secret_is_not_sent_to_another_host_by_a_test()
    {
        var stored = await CreateAsync();

        Assert.Equal(["target.headers"], await RefusedAsync(new() { Id = stored.Id, Target = new Target { Url = "http://elsewhere/" } }));
        Assert.Equal(["target.url"], await RefusedAsync(new() { Target = new Target { Url = "nowhere" } }));
        Assert.Empty(_jobs);

        async Task<IEnumerable<string>> RefusedAsync(TestTargetRequest request)
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () => await _targets.TestTargetAsync(request, cancellationToken: Cancellation));
            return error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field);
        }
    }

    private ProbeResult Take(ProbeJob job)
    {
        _jobs.Enqueue(job);
        return SchedulerStore.Result(job);
    }

    private async Task<Target> CreateAsync()
    {
        var target = new Target { Name = "stored", Url = "http://localhost/", Enabled = false, Headers = { new Header { Name = "X-Token", Value = "the secret" } } };
        return (await _targets.CreateTargetAsync(new() { Target = target }, cancellationToken: Cancellation)).Target;
    }
}

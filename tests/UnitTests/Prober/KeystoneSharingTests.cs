using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class KeystoneSharingTests
{
    [Fact]
    public async Task A_thousand_targets_of_one_identity_cause_one_login_per_life_of_a_token()
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync(clock);
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);

        foreach (var (minutes, logins) in new[] { (0, 1), (57, 1), (2, 2), (56, 2) })
        {
            clock.Advance(TimeSpan.FromMinutes(minutes));
            var jobs = Enumerable.Range(1, 1000).Select(id => keystone.Job().For(targetId: id));
            var results = await Task.WhenAll(jobs.Select(job => probe.RunAsync(job, traced: false, TestContext.Current.CancellationToken)));

            Assert.All(results, result => Assert.Equal("OK", result.Description));
            Assert.Equal(logins, keystone.Logins);
        }
    }

    [Fact]
    public async Task Probes_that_wait_for_a_refused_login_are_refused_with_it()
    {
        await using var keystone = await AKeystone.StartAsync();
        await using var services = AProbe.Parts().BuildProbe(out var probe);
        keystone.RefuseWith = 401;

        var results = await Task.WhenAll(Enumerable.Range(1, 100)
            .Select(id => probe.RunAsync(keystone.Job().For(targetId: id), traced: true, TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.Equal(ProbeReasons.AuthRejected, result.Reason));
        Assert.Equal(1, keystone.Logins);
    }

    [Fact]
    public async Task A_login_goes_on_when_the_probe_that_began_it_has_run_out_of_time()
    {
        await using var keystone = await AKeystone.StartAsync();
        await using var services = AProbe.Parts().BuildProbe(out var probe);
        var gate = new TaskCompletionSource();
        keystone.Gate = gate.Task;
        var cancellationToken = TestContext.Current.CancellationToken;

        var hurried = await probe.RunAsync(keystone.Job() with { Timeout = TimeSpan.FromMilliseconds(100) }, traced: true, cancellationToken);
        var patient = probe.RunAsync(keystone.Job(), traced: true, cancellationToken);
        gate.SetResult();

        Assert.Equal(ProbeReasons.AuthUnreachable, hurried.Reason);
        Assert.Contains(hurried.Lines(), line => line.StartsWith($"Keystone login at {keystone.Url}/v3/auth/tokens: no answer yet [FAIL]", StringComparison.Ordinal));
        Assert.Equal("OK", (await patient).Description);
        Assert.Equal(1, keystone.Logins);
    }

    [Theory]
    [InlineData("user=me,password=hunter2,tenantid=t", 1)]
    [InlineData("username=me,password=hunter2,project_id=t,region_name=RegionOne,interface=internal", 1)] // choose from the catalog only
    [InlineData("user=me,password=hunter3,tenantid=t", 2)]
    [InlineData("user=me,password=hunter2,tenantid=u", 2)]
    [InlineData("user=me,password=hunter2,tenantid=t,verify=false", 2)]
    [InlineData("user=me,password=hunter2,system_scope=all", 2)]
    public async Task A_token_is_shared_by_targets_with_the_same_identity(string parameters, int logins)
    {
        await using var keystone = await AKeystone.StartAsync();
        await using var services = AProbe.Parts().BuildProbe(out var probe);

        await probe.RunAsync(keystone.Job(), traced: false, TestContext.Current.CancellationToken);
        await probe.RunAsync(keystone.Job(parameters), traced: false, TestContext.Current.CancellationToken);

        Assert.Equal(logins, keystone.Logins);
    }
}

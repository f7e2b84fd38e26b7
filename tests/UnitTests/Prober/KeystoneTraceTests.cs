using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class KeystoneTraceTests
{
    [Fact]
    public async Task Each_call_to_Keystone_is_a_step_for_all_who_wait_for_it_and_a_kept_token_is_a_remark()
    {
        await using var keystone = await AKeystone.StartAsync();
        await using var services = AProbe.Parts().BuildProbe(out var probe);
        var gate = new TaskCompletionSource();
        keystone.Gate = gate.Task;
        var job = keystone.Job(endpoint: "{0}");
        var cancellationToken = TestContext.Current.CancellationToken;

        var waiting = new[] { probe.RunAsync(job, traced: true, cancellationToken), probe.RunAsync(job, traced: true, cancellationToken) };
        gate.SetResult();
        var waited = await Task.WhenAll(waiting);
        var later = await probe.RunAsync(job, traced: true, cancellationToken);

        foreach (var result in waited)
        {
            Assert.Contains($"Keystone discovery at {keystone.Url}/: 300 [OK]", result.Lines());
            Assert.Contains($"Keystone login at {keystone.Url}/v3/auth/tokens: 201, X-Openstack-Request-Id: req-of-keystone [OK]", result.Lines());
            var steps = result.Trace!.Where(step => step.Text.StartsWith("Keystone ", StringComparison.Ordinal)).ToArray();
            Assert.All(steps, step => Assert.Equal(("auth", true), (step.Phase, step.Took > TimeSpan.Zero)));
        }

        Assert.DoesNotContain(later.Lines(), line => line.StartsWith("Keystone ", StringComparison.Ordinal));
        Assert.Single(later.Lines(), line => line.StartsWith("Token of Keystone at ", StringComparison.Ordinal));
        Assert.DoesNotContain(
            waited.Append(later).SelectMany(result => result.Lines()),
            line => line.Contains("hunter2", StringComparison.Ordinal) || line.Contains("token-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_password_is_advised_on_and_the_next_login_is_reported()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 3, 35, TimeSpan.Zero));
        await using var keystone = await AKeystone.StartAsync(clock);
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);
        keystone.RefuseWith = 401;

        var first = await probe.RunAsync(keystone.Job(), traced: true, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(12));
        var second = await probe.RunAsync(keystone.Job(), traced: true, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(18));
        var third = await probe.RunAsync(keystone.Job(), traced: true, TestContext.Current.CancellationToken);

        Assert.Equal(
            "Keystone rejected the password of user me, or project t; it answers alike for both, the next login finds out. Correct the target's "
            + "authn_params. The next login is tried at 12:04:05 UTC (in 30 s), so that the account is not locked.",
            first.Advice);
        Assert.EndsWith("The next login is tried at 12:04:05 UTC (in 18 s), so that the account is not locked.", second.Advice, StringComparison.Ordinal);
        Assert.Equal(
            "Keystone rejected the password of user me, or does not know that user in that domain. Correct the target's authn_params. "
            + "The next login is tried at 12:06:05 UTC (in 120 s), so that the account is not locked.",
            third.Advice);
        Assert.Equal((ProbeReasons.AuthRejected, 2), (third.Reason, keystone.Logins));
    }

    [Fact]
    public async Task A_refused_project_is_distinguished_from_a_refused_password_without_trying_the_password_twice()
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync(clock);
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);
        keystone.RefusesProjects = true;

        await probe.RunAsync(keystone.Job(), traced: true, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(30));
        var result = await probe.RunAsync(keystone.Job(), traced: true, TestContext.Current.CancellationToken);
        keystone.RefusesProjects = false;
        clock.Advance(TimeSpan.FromSeconds(120));
        var healed = await probe.RunAsync(keystone.Job(), traced: true, TestContext.Current.CancellationToken);

        Assert.Equal(ProbeReasons.AuthForbidden, result.Reason);
        Assert.Equal($"Keystone at {new Uri(keystone.Url).Authority} knows user me but refuses project t (401)", result.Description);
        Assert.StartsWith("Keystone lets user me in, but not for project t: it is not known, or the user has no role on it.", result.Advice, StringComparison.Ordinal);
        Assert.Equal(["password", "password", "token", "password", "token"], keystone.Bodies.Select(MethodOf));
        Assert.Equal(("OK", "token-5"), (healed.Description, keystone.Asked.Single()["X-Auth-Token"]));

        static string? MethodOf((string Path, System.Text.Json.JsonElement Body) login)
            => login.Body.GetProperty("auth").GetProperty("identity").GetProperty("methods")[0].GetString();
    }

    [Theory]
    [InlineData(401, "{}", "auth_token_refused", "target status:401 != 200", "Keystone gave the token, but the service refuses it")]
    [InlineData(403, "{}", "status_mismatch", "target status:403 != 200", "The service knows the user, but its policy does not allow")]
    [InlineData(503, "<br />The Keystone service is temporarily unavailable.", "service_keystone_down", "target status:503 != 200",
        "Keystone answers the Prober, but not the service")]
    [InlineData(503, "down", "status_mismatch", "target status:503 != 200", "The service, or the proxy before it, says that it is not available")]
    [InlineData(500, "{}", "status_mismatch", "target status:500 != 200", null)]
    public async Task A_service_that_has_got_a_good_token_is_to_blame_itself(int status, string body, string reason, string words, string? advice)
    {
        await using var keystone = await AKeystone.StartAsync();
        keystone.Answer = (status, body);

        var result = await AProbe.RunAsync(keystone.Job());

        Assert.Equal((reason, words), (result.Reason, result.Description));
        Assert.StartsWith(advice ?? "", result.Advice ?? "", StringComparison.Ordinal);
        Assert.Equal(advice is null, result.Advice is null);
    }
}

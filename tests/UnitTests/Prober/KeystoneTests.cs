using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Pauses;
using Skypunch.Prober.Probing;

namespace Skypunch.UnitTests.Prober;

public sealed class KeystoneTests
{
    private const string User = "user=me,password=hunter2,";

    [Theory]
    [InlineData("{0}", User + "tenantid=t", "/v3/auth/tokens",
        """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"me","domain":{"id":"default"},"password":"hunter2"}}},"scope":{"project":{"id":"t"}}}}""")]
    [InlineData("{0}/v3/", "username=me,user_domain_name=D,password=hunter2,project_name=ops,project_domain_name=E", "/v3/auth/tokens",
        """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"me","domain":{"name":"D"},"password":"hunter2"}}},"scope":{"project":{"name":"ops","domain":{"name":"E"}}}}}""")]
    [InlineData("{0}/v3", "application_credential_id=i,application_credential_secret=hunter2", "/v3/auth/tokens",
        """{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"secret":"hunter2","id":"i"}}}}""")]
    [InlineData("{0}/v3", "application_credential_name=n,user_id=u,application_credential_secret=hunter2", "/v3/auth/tokens",
        """{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"secret":"hunter2","name":"n","user":{"id":"u"}}}}}""")]
    [InlineData("{0}/v3", User + "domain_name=D", "/v3/auth/tokens",
        """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"me","domain":{"id":"default"},"password":"hunter2"}}},"scope":{"domain":{"name":"D"}}}}""")]
    [InlineData("{0}/v3", User + "system_scope=all", "/v3/auth/tokens",
        """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"me","domain":{"id":"default"},"password":"hunter2"}}},"scope":{"system":{"all":true}}}}""")]
    [InlineData("{0}/old", User + "tenantid=t,identity_api_version=2", "/old/v2.0/tokens",
        """{"auth":{"passwordCredentials":{"username":"me","password":"hunter2"},"tenantId":"t"}}""")]
    [InlineData("{0}/old/v2.0/", User + "tenantid=t", "/old/v2.0/tokens",
        """{"auth":{"passwordCredentials":{"username":"me","password":"hunter2"},"tenantId":"t"}}""")]
    [InlineData("{0}/old", User + "tenant_name=n", "/old/v2.0/tokens",
        """{"auth":{"passwordCredentials":{"username":"me","password":"hunter2"},"tenantName":"n"}}""")]
    public async Task Each_way_to_log_in_brings_a_token_that_the_service_gets(string endpoint, string parameters, string path, string body)
    {
        await using var keystone = await AKeystone.StartAsync();

        var result = await AProbe.RunAsync(Job(keystone, parameters, endpoint));

        Assert.Equal("OK", result.Description);
        Assert.NotNull(result.Timings.Auth);
        var login = Assert.Single(keystone.Bodies);
        Assert.Equal(path, login.Path);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(body).RootElement, login.Body), login.Body.ToString());
        Assert.Equal("token-1", keystone.Asked.Single()["X-Auth-Token"]);
        Assert.StartsWith("req-", keystone.Asked.Single()["X-Openstack-Request-Id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_tells_both_request_ids_and_neither_password_nor_token()
    {
        await using var keystone = await AKeystone.StartAsync();

        var result = await AProbe.RunAsync(Job(keystone));

        var lines = result.Lines();
        Assert.Contains("Authentication [OK]", lines);
        Assert.Contains($"Sent as X-Openstack-Request-Id: {keystone.Asked.Single()["X-Openstack-Request-Id"]}", lines);
        Assert.Contains("X-Openstack-Request-Id: req-of-the-service", lines);
        Assert.Contains("Server: ***", lines);
        Assert.DoesNotContain(lines, line => line.Contains("hunter2", StringComparison.Ordinal) || line.Contains("token-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Any_number_of_targets_share_one_login_until_the_token_is_about_to_end()
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync(clock);
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RunAsync(probe, keystone)));
        clock.Advance(TimeSpan.FromMinutes(57));
        await RunAsync(probe, keystone);

        Assert.All(results, result => Assert.Equal("OK", result.Description));
        Assert.Equal(1, keystone.Logins);

        clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync(probe, keystone);

        Assert.Equal(2, keystone.Logins);
    }

    [Fact]
    public async Task A_token_that_the_service_refuses_is_replaced_once_and_not_again_soon()
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync(clock);
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);
        await RunAsync(probe, keystone);
        clock.Advance(TimeSpan.FromMinutes(5));
        keystone.Takes = token => token == "token-2";

        var replaced = await RunAsync(probe, keystone);
        keystone.Takes = _ => false;
        var refused = await RunAsync(probe, keystone);

        Assert.Equal("OK", replaced.Description);
        Assert.Contains("The token was refused; once more with a new one", replaced.Lines());
        Assert.Equal("target status:401 != 200", refused.Description);
        Assert.Equal(2, keystone.Logins);
    }

    [Theory]
    [InlineData(401, ProbeReasons.AuthRejected, "refused the login (401): Not you, with ***.")]
    [InlineData(403, ProbeReasons.AuthForbidden, "does not allow the login (403): Not you, with ***.")]
    [InlineData(503, ProbeReasons.AuthUnreachable, "answered 503: Not you, with ***.")]
    public async Task A_Keystone_that_refuses_is_to_blame_and_not_the_target_and_is_left_in_peace_for_a_while(int status, string reason, string words)
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync(clock);
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);
        keystone.RefuseWith = status;

        var first = await RunAsync(probe, keystone);
        var second = await RunAsync(probe, keystone);

        Assert.Equal((reason, $"Keystone at {new Uri(keystone.Url).Authority} {words}"), (first.Reason, first.Description));
        Assert.Equal($"Authentication [FAIL] reason: {first.Description}", first.Lines()[^1]);
        Assert.Equal(first.Description, second.Description);
        Assert.Equal(1, keystone.Logins);
        Assert.Empty(keystone.Asked);

        clock.Advance(TimeSpan.FromSeconds(30));
        keystone.RefuseWith = 0;

        Assert.Equal("OK", (await RunAsync(probe, keystone)).Description);
    }

    [Fact]
    public async Task Each_refused_login_makes_the_pause_longer()
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync(clock);
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);
        keystone.RefuseWith = 401;

        for (var second = 0; second < 3600; second += 10)
        {
            await RunAsync(probe, keystone);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.InRange(keystone.Logins, 4, 5); // at 0:00, 0:30, 2:30, 10:30 and 40:30
    }

    [Fact]
    public async Task A_long_refusal_is_shortened_and_does_not_end_within_a_secret()
    {
        await using var keystone = await AKeystone.StartAsync();
        keystone.RefuseWith = 401;
        keystone.Message = string.Concat(Enumerable.Repeat("<hunter2>", 400));

        var result = await AProbe.RunAsync(Job(keystone));

        Assert.Equal(1024, result.Description.Length);
        Assert.Matches(@"^[^<]*(<\*\*\*>)+[<>*]*…$", result.Description);
    }

    [Fact]
    public async Task Clocks_that_differ_do_not_make_each_probe_a_login()
    {
        await using var keystone = await AKeystone.StartAsync();
        keystone.TokenLife = TimeSpan.FromHours(-1);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);

        await RunAsync(probe, keystone);
        clock.Advance(TimeSpan.FromSeconds(50));
        var second = await RunAsync(probe, keystone);

        Assert.Equal(("OK", 1), (second.Description, keystone.Logins));
    }

    [Fact]
    public async Task A_login_that_breaks_off_by_a_fault_of_our_own_is_not_tried_again_at_once()
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync();
        await using var services = AProbe.Parts().BuildServiceProvider();
        var client = new KeystoneClient(services.GetRequiredService<LoginNetwork>(), new BrokenClock());
        var parameters = new Dictionary<string, string> { ["user"] = "me", ["password"] = "x", ["tenantid"] = "t", ["osauthendpoint"] = $"{keystone.Url}/v3" };
        Assert.True(KeystoneIdentity.TryRead(parameters, out var identity, out _));
        var tokens = new KeystoneTokens(client, services.GetRequiredService<IMeterFactory>(), services.GetRequiredService<LostTime>(), clock);

        await Assert.ThrowsAsync<NotSupportedException>(() => tokens.Get(identity).Attempt.Grant);
        await Assert.ThrowsAsync<NotSupportedException>(() => tokens.Get(identity).Attempt.Grant);
        Assert.Equal(1, keystone.Logins);

        clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<NotSupportedException>(() => tokens.Get(identity).Attempt.Grant);
        Assert.Equal(2, keystone.Logins);
    }

    [Fact]
    public async Task A_Keystone_that_nobody_runs_is_unreachable()
    {
        var gone = RawServer.Answering("");
        await gone.DisposeAsync();

        var result = await AProbe.RunAsync(JobOf($"{User}tenantid=t,osauthendpoint={gone.Url}"));

        Assert.Equal(
            (ProbeReasons.AuthUnreachable, $"Keystone at 127.0.0.1:{gone.Port} is unreachable: connection refused"),
            (result.Reason, result.Description));
    }

    [Fact]
    public async Task A_Keystone_that_does_not_answer_takes_no_longer_than_the_deadline()
    {
        await using var keystone = await AKeystone.StartAsync();
        var gate = new TaskCompletionSource();
        keystone.Gate = gate.Task;

        var result = await AProbe.RunAsync(Job(keystone) with { Timeout = TimeSpan.FromMilliseconds(300) });
        gate.SetResult();

        Assert.Equal((ProbeReasons.AuthUnreachable, "no token from Keystone within 150 ms"), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("application_credential_id=i,application_credential_secret=hunter2", "{0}/old/v2.0", "version 2.0 knows no application credentials")]
    [InlineData("application_credential_id=i,application_credential_secret=hunter2", "{0}/old", "version 2.0 knows no application credentials")]
    [InlineData(User + "system_scope=all", "{0}/old", "version 2.0 knows no scope but a project")]
    public async Task What_version_2_0_does_not_know_is_reported_and_not_tried(string parameters, string endpoint, string words)
    {
        await using var keystone = await AKeystone.StartAsync();

        var result = await AProbe.RunAsync(Job(keystone, parameters, endpoint));

        Assert.Equal(ProbeReasons.AuthParamsInvalid, result.Reason);
        Assert.StartsWith($"authentication OPENSTACK: {words}", result.Description, StringComparison.Ordinal);
        Assert.Equal(0, keystone.Logins);
    }

    [Fact]
    public async Task An_endpoint_that_is_no_URL_is_named()
    {
        var result = await AProbe.RunAsync(JobOf($"{User}tenantid=t,osauthendpoint=keystone:5000"));

        Assert.Equal(
            (ProbeReasons.AuthParamsInvalid,
                "authentication OPENSTACK: osauthendpoint must be a URL that begins with http:// or https://, without a user and password in it"),
            (result.Reason, result.Description));
    }

    private static ProbeJob Job(AKeystone keystone, string parameters = User + "tenantid=t", string endpoint = "{0}/v3")
        => keystone.Job(parameters, endpoint);

    private static ProbeJob JobOf(string parameters, string url = "http://127.0.0.1:9")
        => AProbe.Job(url).Basic(parameters) with { Authn = "OPENSTACK" };

    private static Task<ProbeResult> RunAsync(HttpProbe probe, AKeystone keystone)
        => probe.RunAsync(Job(keystone), traced: true, TestContext.Current.CancellationToken);

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new NotSupportedException();
    }
}

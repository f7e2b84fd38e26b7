using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.Probing;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Keystone;

/// <summary>Probes, with tokens of a real Keystone, of a service behind keystonemiddleware.</summary>
public sealed class KeystoneProbeTests(KeystoneServer keystone) : IAsyncDisposable
{
    private const string Me = $"username={KeystoneServer.User},user_domain_name=Default,password={KeystoneServer.Password}";
    private const string Ops = $"project_name={KeystoneServer.Project},project_domain_name=Default";

    private static readonly SecretBox Box = new(new byte[SecretKeys.Bytes]);

    private readonly AdvancedClock _clock = new();
    private ServiceProvider? _services;

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("", $"{Me},{Ops}")]
    [InlineData("/v3", $"user={KeystoneServer.User},password={KeystoneServer.Password},tenantname={KeystoneServer.Project}")]
    [InlineData("/v3/", $"user_id=%user,password={KeystoneServer.Password},tenantid=%project")]
    [InlineData("", $"username=probe,user_domain_name=Cloud,password={KeystoneServer.Password},project_name=watch,project_domain_name=Cloud")]
    [InlineData("/v3", $"application_credential_id=%application_credential,application_credential_secret={KeystoneServer.ApplicationCredentialSecret}")]
    [InlineData("", $"application_credential_name={KeystoneServer.ApplicationCredential},application_credential_secret={KeystoneServer.ApplicationCredentialSecret},"
        + $"username={KeystoneServer.User},user_domain_name=Default")]
    public async Task Each_way_to_log_in_opens_the_service(string path, string parameters)
    {
        var result = await RunAsync(await WithIdsAsync(parameters), "/servers?limit=1", "compute", path);

        Assert.Equal("OK", result.Description);
        var lines = Lines(result);
        Assert.Contains(lines, line => line.StartsWith($"Keystone login at {keystone.Url}/v3/auth/tokens: 201, X-Openstack-Request-Id: req-", StringComparison.Ordinal));
        Assert.Equal(path.Length == 0, lines.Contains($"Keystone discovery at {keystone.Url}/: 300, X-Openstack-Request-Id: {DiscoveryId(lines)} [OK]"));
        Assert.Contains("X-Openstack-Request-Id: req-of-the-service", lines);
        Assert.DoesNotContain(lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"username={KeystoneServer.User},user_domain_name=Default,password=wrong-word,{Ops}", "auth_rejected", "Keystone rejected the password of user skypunch")]
    [InlineData($"username={KeystoneServer.User},user_domain_name=Nowhere,password={KeystoneServer.Password},{Ops}", "auth_rejected",
        "Keystone rejected the password of user skypunch")]
    [InlineData($"{Me},project_name=unknown,project_domain_name=Default", "auth_forbidden", "Keystone lets user skypunch in, but not for project unknown")]
    [InlineData($"{Me},project_name=forbidden,project_domain_name=Default", "auth_forbidden", "Keystone lets user skypunch in, but not for project forbidden")]
    [InlineData($"{Me},project_name={KeystoneServer.Project},project_domain_name=Nowhere", "auth_forbidden", "Keystone lets user skypunch in, but not for project ops")]
    [InlineData($"{Me},system_scope=all", "auth_forbidden", "Keystone lets user skypunch in, but not for the system")]
    [InlineData("application_credential_id=unknown,application_credential_secret=x", "auth_rejected", "Keystone rejected the secret of application credential unknown")]
    public async Task The_second_refused_login_tells_a_wrong_password_from_a_forbidden_project(string parameters, string reason, string advice)
    {
        var first = await RunAsync(parameters, "/servers");
        _clock.Pass(TimeSpan.FromSeconds(30));
        var second = await RunAsync(parameters, "/servers");

        Assert.Equal(ProbeReasons.AuthRejected, first.Reason);
        Assert.Equal(reason, second.Reason);
        Assert.StartsWith(advice, second.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(KeystoneServer.Password, string.Concat(Lines(first).Concat(Lines(second))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_replaced_within_the_probe()
    {
        var parameters = $"{Me},{Ops}";
        await RunAsync(parameters, "/servers");
        await keystone.RevokeAsync(await TokenAsync(parameters));
        _clock.Pass(TimeSpan.FromMinutes(5)); // if a token is younger than a minute, the service is blamed and not the token

        var result = await RunAsync(parameters, "/servers");

        Assert.Equal("OK", result.Description);
        Assert.Contains("The token was refused; once more with a new one", Lines(result));
    }

    [Fact]
    public async Task A_service_that_refuses_a_new_token_is_blamed_itself()
    {
        var parameters = $"{Me},{Ops}";
        await RunAsync(parameters, "/servers");
        await keystone.RevokeAsync(await TokenAsync(parameters));

        var result = await RunAsync(parameters, "/servers");

        Assert.Equal((ProbeReasons.AuthTokenRefused, "target status:401 != 200"), (result.Reason, result.Description));
    }

    [Fact]
    public async Task A_service_that_cannot_reach_its_Keystone_is_blamed_itself()
    {
        var result = await RunAsync($"{Me},{Ops}", "/volumes", "block-storage");

        Assert.Equal((ProbeReasons.ServiceKeystoneDown, "target status:503 != 200"), (result.Reason, result.Description));
        Assert.StartsWith("Keystone answers the Prober, but not the service", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_catalog_entry_is_reported_together_with_the_entries_that_exist()
    {
        var image = await RunAsync($"{Me},{Ops}", "/", "image");
        var region = await RunAsync($"{Me},{Ops},region_name=RegionTwo", "/");
        var admin = await RunAsync($"{Me},{Ops},interface=adminURL", "/");

        Assert.Equal("the catalog of Keystone has no service 'image'; it has compute, identity and volumev3", image.Description);
        Assert.Equal("the catalog of Keystone has no service 'compute' in the region 'RegionTwo'; it has RegionOne", region.Description);
        Assert.Equal("the catalog of Keystone has no interface 'admin' of 'compute'; it has internal and public", admin.Description);
    }

    [Fact]
    public async Task A_Keystone_without_version_2_0_is_reported_as_unreachable()
    {
        var result = await RunAsync($"user={KeystoneServer.User},password={KeystoneServer.Password},tenantid=t", "/", path: "/v2.0");

        Assert.Equal(
            (ProbeReasons.AuthUnreachable, $"there is no Keystone at {keystone.Url}/v2.0/tokens (404); correct osauthendpoint"),
            (result.Reason, result.Description));
    }

    private async Task<ProbeResult> RunAsync(string parameters, string url, string service = "compute", string path = "/v3")
    {
        await keystone.StartAsync();
        var job = new ProbeJob
        {
            TargetId = 1,
            Name = "a target",
            Slot = DateTimeOffset.UnixEpoch,
            Url = url,
            Catalog = new CatalogService(service),
            Method = "GET",
            Authn = AuthnParameters.OpenStack,
            SealedAuthnParameters = Box.Seal(SecretPlace.InJob(SecretNames.Authn, 1, DateTimeOffset.UnixEpoch, url), $"{parameters},auth_url={keystone.Url}{path}"),
            PassResult = "200",
            Timeout = TimeSpan.FromSeconds(30),
            Patience = TimeSpan.FromSeconds(30),
        };
        return await Services().GetRequiredService<HttpProbe>().RunAsync(job, traced: true, TestContext.Current.CancellationToken);
    }

    private ServiceProvider Services() => _services ??= new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton<TimeProvider>(_clock)
        .AddSingleton(Box)
        .AddProberParts()
        .BuildServiceProvider();

    private async Task<string> TokenAsync(string parameters)
    {
        Assert.True(ParameterText.TryParse($"{parameters},auth_url={keystone.Url}/v3", out var parsed, out _));
        Assert.True(KeystoneIdentity.TryRead(parsed, out var identity, out _));
        return (await Services().GetRequiredService<KeystoneTokens>().Get(identity).Attempt.Grant).Token!.Value;
    }

    private async Task<string> WithIdsAsync(string parameters)
    {
        foreach (var kind in new[] { "application_credential", "project", "user" })
        {
            parameters = parameters.Replace($"=%{kind}", $"={await keystone.IdAsync(kind)}", StringComparison.Ordinal);
        }

        return parameters;
    }

    private static string[] Lines(ProbeResult result)
        => [.. TraceText.Lines(result.Trace!, result.Description).Select(line => line["yyyy-MM-dd HH:mm:ss.ffffff ".Length..])];

    private static string DiscoveryId(string[] lines)
        => Array.Find(lines, line => line.StartsWith("Keystone discovery", StringComparison.Ordinal))?.Split(' ')[^2] ?? "";

    /// <summary>The system's time, plus the time that a test has skipped.</summary>
    private sealed class AdvancedClock : TimeProvider
    {
        private TimeSpan _passed;

        public void Pass(TimeSpan time) => _passed += time;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _passed;
    }
}

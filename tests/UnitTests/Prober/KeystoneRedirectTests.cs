using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.Logins;

namespace Skypunch.UnitTests.Prober;

/// <summary>A login follows Keystone's redirects as far as a password may be sent.</summary>
public sealed class KeystoneRedirectTests
{
    private const string Parameters = "user=me,password=hunter2,tenantid=t";

    [Theory]
    [InlineData("http://k.example/v3/auth/tokens", 307, "/identity/v3/auth/tokens", "http://k.example/identity/v3/auth/tokens")]
    [InlineData("http://k.example/v3/auth/tokens", 301, "https://k.example/v3/auth/tokens", "https://k.example/v3/auth/tokens")]
    [InlineData("http://k.example/v3/auth/tokens", 308, "http://K.EXAMPLE:5000/v3/auth/tokens", "http://k.example:5000/v3/auth/tokens")]
    [InlineData("http://k.example/v3/auth/tokens", 300, "/identity", null)]
    [InlineData("http://k.example/v3/auth/tokens", 201, "/identity", null)]
    [InlineData("http://k.example/v3/auth/tokens", 307, "http://other.example/v3/auth/tokens", null)]
    [InlineData("https://k.example/v3/auth/tokens", 307, "http://k.example/v3/auth/tokens", null)]
    [InlineData("https://k.example/v3/auth/tokens", 307, "https://me:secret@k.example/v3/auth/tokens", null)]
    [InlineData("https://k.example/v3/auth/tokens", 307, "", null)]
    [InlineData("https://k.example/v3/auth/tokens", 307, null, null)]
    public void A_redirect_is_followed_within_the_host_and_never_into_the_clear(string from, int status, string? location, string? expected)
        => Assert.Equal(expected, KeystoneRedirect.Next(new Uri(from), status, location)?.AbsoluteUri);

    [Fact]
    public async Task A_login_is_sent_again_where_a_307_within_the_host_leads()
    {
        await using var keystone = await AKeystone.StartAsync();

        var result = await AProbe.RunAsync(keystone.Job(endpoint: "{0}/moved/v3"));

        Assert.Equal("OK", result.Description);
        Assert.Equal("/v3/auth/tokens", Assert.Single(keystone.Bodies).Path);
        Assert.Contains($"Keystone login at {keystone.Url}/moved/v3/auth/tokens: 307 to /v3/auth/tokens [OK]", result.Lines());
    }

    [Theory]
    [InlineData("http://other.example/v3/auth/tokens", "(307) to http://other.example/v3/auth/tokens, another host, which gets no password")]
    [InlineData("ftp://127.0.0.1/", "(307) to ftp://127.0.0.1/, which is no http or https URL")]
    [InlineData("/v3/auth/tokens", "(307) to /v3/auth/tokens, one redirect too many")]
    public async Task A_redirect_that_is_not_followed_is_reported_with_its_Location(string location, string words)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 307 Moved\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var result = await RunAsync($"http://127.0.0.1:{server.Port}/v3");

        Assert.Equal(
            (ProbeReasons.AuthUnreachable, $"Keystone at 127.0.0.1:{server.Port} redirects the login {words}"),
            (result.Reason, result.Description));
        Assert.StartsWith(KeystoneAdvice.Moved, result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_goes_where_the_list_of_versions_says_that_v3_is()
    {
        await using var keystone = await AKeystone.StartAsync();

        var result = await AProbe.RunAsync(keystone.Job(endpoint: "{0}/elsewhere"));

        Assert.Equal("OK", result.Description);
        Assert.Equal("/v3/auth/tokens", Assert.Single(keystone.Bodies).Path);
    }

    // Behind uWSGI, Keystone closes a connection after its answer without announcing it; a second request on that connection would be lost.
    [Fact]
    public async Task Each_call_has_a_connection_of_its_own()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            while (await RawServer.ReadRequestAsync(stream, token) is { Length: > 0 } request)
            {
                var (status, body) = request.StartsWith("GET", StringComparison.Ordinal)
                    ? ("300 Multiple Choices", """{"versions":{"values":[{"id":"v3.14"}]}}""")
                    : ("201 Created", """{"token":{"expires_at":"2099-01-01T00:00:00Z"}}""");
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nX-Subject-Token: t\r\nContent-Length: {body.Length}\r\n\r\n{body}"), token);
            }
        });

        await RunAsync($"http://127.0.0.1:{server.Port}");

        Assert.Equal(2, server.Connections); // for the discovery and the login
    }

    [Fact]
    public async Task A_login_in_steps_has_a_connection_for_each_step_too()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            while (await RawServer.ReadRequestAsync(stream, token) is { Length: > 0 } request)
            {
                const string Body = """{"token":{"expires_at":"2099-01-01T00:00:00Z"}}""";
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 201 Created\r\nX-Subject-Token: t\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"), token);
            }
        });
        await using var services = AProbe.Parts().BuildServiceProvider();
        Assert.True(ParameterText.TryParse($"{Parameters},osauthendpoint=http://127.0.0.1:{server.Port}/v3", out var parameters, out _));
        Assert.True(KeystoneIdentity.TryRead(parameters, out var identity, out _));
        var calls = new LoginCalls("Keystone", TimeProvider.System);

        var (token, failure) = await services.GetRequiredService<KeystoneClient>().LogInAsync(identity, inSteps: true, calls, TestContext.Current.CancellationToken);

        Assert.Null(failure);
        Assert.NotNull(token);
        Assert.Equal(2, server.Connections); // for the login without a scope and for the scope
    }

    private static Task<ProbeResult> RunAsync(string endpoint)
        => AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9").Basic($"{Parameters},osauthendpoint={endpoint}") with { Authn = AuthnParameters.OpenStack });
}

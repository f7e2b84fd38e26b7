using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Probing;

namespace Skypunch.UnitTests.Prober;

public sealed class OAuth2Tests
{
    private const string Secret = "s3cr3t&=+ü";

    [Fact]
    public async Task The_token_goes_out_as_bearer_and_is_shared_by_all_targets_of_the_client()
    {
        await using var server = await ATokenServer.StartAsync();
        await using var services = AProbe.Parts().BuildProbe(out var probe);

        var first = await RunAsync(probe, Job(server));
        var second = await RunAsync(probe, Job(server) with { TargetId = 1, Name = "another" });

        Assert.Equal(("OK", "OK", 1), (first.Description, second.Description, server.Logins));
        var (authorization, form) = Assert.Single(server.Asked);
        Assert.Equal($"Basic {Convert.ToBase64String("me+too:s3cr3t"u8)}", authorization);
        Assert.Equal(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = "read write", ["audience"] = "https://api" }, form);
        Assert.Contains(first.Lines(), line => line.StartsWith($"Token server login at {server.Url}/token: 200", StringComparison.Ordinal));
        Assert.DoesNotContain(second.Lines(), line => line.StartsWith("Token server login", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secret_may_go_into_the_body_and_is_shown_nowhere()
    {
        await using var server = await ATokenServer.StartAsync();
        server.Answer = (401, $$"""{"error":"invalid_client","error_description":"not with s3cr3t"}""");

        var result = await AProbe.RunAsync(Job(server, ",client_auth=post"));

        var (authorization, form) = Assert.Single(server.Asked);
        Assert.Equal(("", "me too", "s3cr3t"), (authorization, form["client_id"], form["client_secret"]));
        Assert.Equal(ProbeReasons.AuthRejected, result.Reason);
        Assert.Equal($"Token server at {server.Url[7..]} refused client me too (401): invalid_client: not with ***", result.Description);
        Assert.StartsWith("The token server does not know client me too, or rejects its secret", result.Advice, StringComparison.Ordinal);
        Assert.Contains("The next login is tried at", result.Advice!, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", result + string.Concat(result.Lines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_scope"}""", ProbeReasons.AuthForbidden, "refused client me too (400): invalid_scope")]
    [InlineData(400, """{"error":"unauthorized_client"}""", ProbeReasons.AuthForbidden, "refused client me too (400): unauthorized_client")]
    [InlineData(400, """{"error":"invalid_request","error_description":"what?"}""", ProbeReasons.AuthRejected, "does not understand the login (400): invalid_request: what?")]
    [InlineData(404, "<html>", ProbeReasons.AuthUnreachable, "there is no token server at")]
    [InlineData(500, "oops", ProbeReasons.AuthUnreachable, "answered 500")]
    [InlineData(200, "<html>", ProbeReasons.AuthUnreachable, "answered 200 without a token")]
    [InlineData(200, """{"access_token":"a b","token_type":"bearer"}""", ProbeReasons.AuthUnreachable, "answered 200 without a token")]
    [InlineData(200, """{"access_token":"a","token_type":"mac"}""", ProbeReasons.AuthUnreachable, "gave a token of the type 'mac', and only Bearer is known")]
    public async Task An_answer_without_a_token_is_a_failure_that_says_whose(int status, string body, string reason, string words)
    {
        await using var server = await ATokenServer.StartAsync();
        server.Answer = (status, body);

        var result = await AProbe.RunAsync(Job(server));

        Assert.Equal(reason, result.Reason);
        Assert.Contains(words, result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_gets_no_secret()
    {
        await using var other = await ATokenServer.StartAsync();
        await using var server = await ATokenServer.StartAsync();
        (server.Answer, server.Location) = ((307, ""), $"{other.Url}/token");

        var result = await AProbe.RunAsync(Job(server));

        Assert.Equal(0, other.Logins);
        Assert.Equal($"Token server at {server.Url[7..]} redirects the login (307) to {other.Url}/token, which gets no secret", result.Description);
    }

    [Fact]
    public async Task A_token_server_that_nobody_runs_is_unreachable_and_asked_seldom()
    {
        var gone = RawServer.Answering("");
        await gone.DisposeAsync();
        await using var services = AProbe.Parts().BuildProbe(out var probe);
        var job = OAuth2(AProbe.Job("http://127.0.0.1:9"), $"token_url=http://127.0.0.1:{gone.Port}/token,client_id=a,client_secret=b");

        var result = await RunAsync(probe, job);

        Assert.Equal(
            (ProbeReasons.AuthUnreachable, $"Token server at 127.0.0.1:{gone.Port} is unreachable: connection refused"),
            (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("3600", 3400, 1)]
    [InlineData("3600", 3500, 2)]
    [InlineData("\"600\"", 400, 1)]
    [InlineData("\"600\"", 500, 2)]
    [InlineData("1e999", 3600, 1)]
    [InlineData("-5", 59, 1)]
    [InlineData("-5", 61, 2)]
    [InlineData("null", 100, 1)]
    [InlineData("null", 301, 2)]
    public async Task A_token_is_renewed_before_it_ends(string expires, int seconds, int logins)
    {
        var clock = new FakeTimeProvider();
        await using var server = await ATokenServer.StartAsync();
        server.Answer = (200, $$"""{"access_token":"token-x","expires_in":{{expires}}}""");
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);

        await RunAsync(probe, Job(server));
        clock.Advance(TimeSpan.FromSeconds(seconds));
        await RunAsync(probe, Job(server));

        Assert.Equal(logins, server.Logins);
    }

    [Fact]
    public async Task A_token_that_the_service_refuses_is_renewed_once_and_then_the_service_is_to_blame()
    {
        var clock = new FakeTimeProvider();
        await using var server = await ATokenServer.StartAsync();
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);
        await RunAsync(probe, Job(server));
        clock.Advance(TimeSpan.FromMinutes(2));
        server.Takes = token => token == "token-2";

        var renewed = await RunAsync(probe, Job(server));
        server.Takes = _ => false;
        var refused = await RunAsync(probe, Job(server));

        Assert.Equal(("OK", 2), (renewed.Description, server.Logins));
        Assert.Equal((ProbeReasons.AuthTokenRefused, "target status:401 != 200"), (refused.Reason, refused.Description));
        Assert.StartsWith("The token server gave the token, but the service refuses it", refused.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("token-2", string.Concat(refused.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_server_is_verified_by_its_own_authority()
    {
        using var certificate = ACertificate.SignedByAnAuthority(out var authority);
        await using var server = await ATokenServer.StartAsync(certificate);
        var service = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var _ = service;
        var parameters = $"token_url={server.Url}/token,client_id=a,client_secret=b";

        var untrusted = await AProbe.RunAsync(OAuth2(AProbe.Job(service.Url), parameters));
        var trusted = await AProbe.RunAsync(OAuth2(AProbe.Job(service.Url), $"{parameters},cacert=\"{authority}\""));
        var unverified = await AProbe.RunAsync(OAuth2(AProbe.Job(service.Url), $"{parameters},verify=false"));

        Assert.Equal((ProbeReasons.AuthUnreachable, "OK", "OK"), (untrusted.Reason, trusted.Description, unverified.Description));
    }

    [Theory]
    [InlineData("", "authentication OAUTH2 lacks token_url, client_id, client_secret")]
    [InlineData("token_url=ftp://x,client_id=a,client_secret=b", "authentication OAUTH2: token_url must be a URL that begins with http:// or https://, without a user and password in it")]
    [InlineData("token_url=http://x,client_id=a,client_secret=b,scope=\"a \\\"", "authentication OAUTH2: scope must be words with blanks between, without quotes and backslashes")]
    [InlineData("token_url=http://x,client_id=a,client_secret=b,client_auth=jwt", "authentication OAUTH2: client_auth must be basic or post")]
    [InlineData("token_url=http://x,client_id=a,client_secret=b,s3cr3t=c", "authentication OAUTH2: part 4 has a key that is not known: use token_url, client_id, client_secret, scope, audience, client_auth, cacert, verify")]
    [InlineData("token_url=http://x,client_id=a,client_secret=" + Secret, "authentication OAUTH2: client_id and client_secret must be ASCII without control characters")]
    public async Task Unusable_parameters_are_a_failure_that_names_them(string parameters, string words)
    {
        var result = await AProbe.RunAsync(OAuth2(AProbe.Job("http://127.0.0.1:9"), parameters));

        Assert.Equal((ProbeReasons.AuthParamsInvalid, words), (result.Reason, result.Description));
    }

    private static ProbeJob Job(ATokenServer server, string more = "")
        => OAuth2(AProbe.Job($"{server.Url}/service"), $"token_url={server.Url}/token,client_id=me too,client_secret=s3cr3t,scope=read write,audience=https://api{more}");

    private static ProbeJob OAuth2(ProbeJob job, string parameters)
        => job with { Authn = "OAUTH2", SealedAuthnParameters = job.Seal(SecretNames.Authn, parameters) };

    private static Task<ProbeResult> RunAsync(HttpProbe probe, ProbeJob job) => probe.RunAsync(job, traced: true, TestContext.Current.CancellationToken);
}

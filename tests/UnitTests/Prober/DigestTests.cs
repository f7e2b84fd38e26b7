using System.Text;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Authentication;

namespace Skypunch.UnitTests.Prober;

public sealed class DigestTests
{
    // RFC 7616, section 3.9.1.
    private const string Challenge =
        "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_response_is_that_of_the_standard(string algorithm, string response)
    {
        var challenge = Assert.Single(DigestChallenge.Of([$"Digest {Challenge}, algorithm={algorithm}"]));

        var (value, _) = DigestAuthentication.ValueOf(
            challenge, "GET", "/dir/index.html", "Mufasa", "Circle of Life", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        Assert.True(DigestAuthentication.CanAnswer(challenge));
        Assert.Contains($"response=\"{response}\"", value, StringComparison.Ordinal);
        Assert.Contains("uri=\"/dir/index.html\"", value, StringComparison.Ordinal);
        Assert.Contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"", value, StringComparison.Ordinal);
        Assert.EndsWith("qop=auth, nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\"", value, StringComparison.Ordinal);
    }

    // RFC 2069, section 2.4, with the response of erratum 749.
    [Fact]
    public void A_challenge_without_qop_is_answered_as_in_RFC_2069()
    {
        var challenge = Assert.Single(DigestChallenge.Of(
            ["Digest realm=\"testrealm@host.com\",nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\",opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""]));

        var (value, _) = DigestAuthentication.ValueOf(challenge, "GET", "/dir/index.html", "Mufasa", "CircleOfLife", "unused");

        Assert.Contains("response=\"1949323746fe6a43ef61f9606e7febea\"", value, StringComparison.Ordinal);
        Assert.DoesNotContain("qop", value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic realm=\"a, Digest nonce=b\", Digest realm=x, nonce=\"n\\\"1\"", "x/n\"1")]
    [InlineData("Negotiate abc==, Digest realm = \"r\" , nonce = 2", "r/2")]
    [InlineData("digest REALM=a,NONCE=b", "a/b")]
    [InlineData("Digest realm=\"not ended", "not ended/")]
    [InlineData("Digest realm=1, realm=2", "1/")]
    [InlineData("Basic realm=x, nonce=1", "")]
    [InlineData(" , ,", "")]
    [InlineData("=", "")]
    [InlineData("Digest =,=\"", "")]
    public void A_challenge_is_found_among_others(string value, string found)
        => Assert.Equal(found, string.Join(' ', DigestChallenge.Of([value]).Select(challenge => $"{challenge.Realm}/{challenge.Nonce}")));

    [Theory]
    [InlineData("Digest realm=x, nonce=1, qop=\"auth-int\"")]
    [InlineData("Digest realm=x, nonce=1, algorithm=SHA-512-256")]
    public void A_challenge_that_cannot_be_answered_is_recognised(string value) => Assert.False(DigestAuthentication.CanAnswer(Assert.Single(DigestChallenge.Of([value]))));

    [Fact]
    public async Task The_challenge_is_answered_and_the_password_goes_nowhere()
    {
        var asked = new List<string>();
        await using var server = Serving(asked, "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256");

        var result = await AProbe.RunAsync(Job(server, "user=me,password=hunter2"));

        Assert.Equal("OK", result.Description);
        Assert.Equal(2, asked.Count);
        Assert.DoesNotContain("Authorization", asked[0], StringComparison.Ordinal);
        Assert.Contains("Authorization: Digest username=\"me\", realm=\"r\", nonce=\"n\", uri=\"/a?b=c\", algorithm=SHA-256", asked[1], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Concat(asked) + string.Concat(result.Lines()), StringComparison.Ordinal);
        Assert.Contains("The target wants its challenge answered; once more with the answer", result.Lines());
    }

    [Theory]
    [InlineData("Digest realm=r, nonce=n, qop=auth, userhash=true", "me", "username=\"4c555da31800eebe4ea74ce03362b7b3\", userhash=true")]
    [InlineData("Digest realm=r, nonce=n, qop=auth", "jürgen", "username*=UTF-8''j%C3%BCrgen")]
    public async Task The_user_is_sent_as_the_server_wants_it(string challenge, string user, string sent)
    {
        var asked = new List<string>();
        await using var server = Serving(asked, challenge);

        await AProbe.RunAsync(Job(server, $"user={user},password=hunter2"));

        Assert.Contains(sent, asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_sends_the_answer_back_does_not_bring_its_hash_into_the_trace()
    {
        var asked = new List<string>();
        await using var server = new RawServer(async (stream, token) =>
        {
            var request = await RawServer.ReadRequestAsync(stream, token);
            asked.Add(request);
            var sent = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Authorization: ", StringComparison.Ordinal)) ?? "";
            var answer = $"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=r, nonce=n, qop=auth\r\nServer: {sent}\r\nContent-Length: {sent.Length}\r\nConnection: close\r\n\r\n{sent}";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        });

        var result = await AProbe.RunAsync(Job(server, "user=me,password=hunter2"));

        var response = asked[1].Split("response=\"")[1].Split('"')[0];
        var shown = string.Concat(result.Lines());
        Assert.Equal(32, response.Length);
        Assert.Contains("response=\"***\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(response, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic realm=\"r\"", 1, "It asks for no digest that Skypunch can answer")]
    [InlineData("Digest realm=r, nonce=n, algorithm=SHA-512-256", 1, "It asks for no digest that Skypunch can answer")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=auth", 2, "The service refuses the user and password")]
    public async Task A_login_that_fails_is_a_401_with_advice(string challenge, int requests, string advice)
    {
        var asked = new List<string>();
        await using var server = Serving(asked, challenge, accepts: false);

        var result = await AProbe.RunAsync(Job(server, "user=me,password=wrong"));

        Assert.Equal((ProbeReasons.StatusMismatch, "target status:401 != 200", requests), (result.Reason, result.Description, asked.Count));
        Assert.StartsWith(advice, result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_asks_for_nothing_is_asked_once()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var result = await AProbe.RunAsync(Job(server, "user=me,password=x"));

        Assert.Equal(("OK", 1), (result.Description, server.Connections));
    }

    private static ProbeJob Job(RawServer server, string parameters)
    {
        var job = AProbe.Job($"{server.Url}a?b=c") with { Authn = "DIGEST" };
        return job with { SealedAuthnParameters = job.Seal(SecretNames.Authn, parameters) };
    }

    private static RawServer Serving(List<string> asked, string challenge, bool accepts = true) => new(async (stream, token) =>
    {
        var request = await RawServer.ReadRequestAsync(stream, token);
        asked.Add(request);
        var answer = accepts && request.Contains("Authorization: Digest", StringComparison.Ordinal) ? "200 OK" : $"401 No\r\nWWW-Authenticate: {challenge}";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), token);
    });
}

using System.Security.Cryptography;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Prober;

public sealed class AuthenticationTests
{
    private const string Password = "pä,ss/wörd";

    [Fact]
    public async Task Basic_credentials_are_sent_in_UTF8_and_never_shown_even_if_the_server_sends_them_back()
    {
        var authorization = "";
        await using var server = new RawServer(async (stream, token) =>
        {
            var request = await RawServer.ReadRequestAsync(stream, token);
            authorization = request.Split("\r\n").Single(line => line.StartsWith("Authorization: ", StringComparison.Ordinal))[15..];
            var answer = $"HTTP/1.1 401 No {authorization}\r\nServer: {authorization}\r\nLocation: /?p={Uri.EscapeDataString(Password)}\r\nContent-Length: 0\r\n\r\n";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url).Basic($"user=me,password=\"{Password}\""));

        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{Password}"));
        Assert.Equal($"Basic {token}", authorization);
        Assert.Equal("target status:401 != 200", result.Description);
        Assert.Contains("Received 401 No Basic ***", result.Lines());
        Assert.Contains("Server: Basic ***", result.Lines());
        Assert.Contains("Location: /?p=***", result.Lines());
        var shown = result.ToString() + string.Concat(result.Lines());
        Assert.DoesNotContain(token, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BASIC", "", "authentication BASIC lacks user, password")]
    [InlineData("BASIC", "user=me", "authentication BASIC lacks password")]
    [InlineData("OPENSTACK", "user=me,password=x", "authentication OPENSTACK lacks osauthendpoint, tenantid")]
    [InlineData("BASIC", "user=me,password", "authn_parms must be key=value,key=value, but part 2 has no '='; put a value with a comma in double quotes")]
    [InlineData("BASIC", "user=a:b,password=x",
        "authentication BASIC needs a user without a colon, and neither user nor password may have control characters")]
    public async Task Unusable_parameters_are_a_failure_that_names_them(string authn, string parameters, string words)
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9").Basic(parameters) with { Authn = authn });

        Assert.Equal((ProbeReasons.AuthParamsInvalid, words), (result.Reason, result.Description));
        Assert.Equal(["Connecting to http://127.0.0.1:9 ....", $"Authentication [FAIL] reason: {words}"], result.Lines());
    }

    [Fact]
    public async Task Without_parameters_each_missing_one_is_named()
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9") with { Authn = "BASIC" });

        Assert.Equal("authentication BASIC lacks user, password", result.Description);
    }

    [Fact]
    public async Task A_secret_of_another_key_is_our_own_fault()
    {
        var foreign = new SecretBox(RandomNumberGenerator.GetBytes(SecretKeys.Bytes));
        var job = AProbe.Job("http://127.0.0.1:9") with
        {
            Authn = "BASIC",
            SealedAuthnParameters = foreign.Seal(SecretPlace.InJob(SecretNames.Authn, 1, DateTimeOffset.UnixEpoch, "http://127.0.0.1:9"), "user=me,password=x"),
        };

        await Assert.ThrowsAnyAsync<CryptographicException>(() => AProbe.RunAsync(job));
    }
}

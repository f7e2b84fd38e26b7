using System.Security.Cryptography;
using System.Text;
using Skypunch.Notifier.Channels.Webhook;

namespace Skypunch.UnitTests.Notifier.Channels;

public sealed class WebhookSignatureTests
{
    private const string Old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    // The example of the specification.
    [Fact]
    public void The_signature_is_that_of_the_specification()
    {
        var headers = WebhookSignature.Headers(Old, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""").ToDictionary();

        Assert.Equal("1614265330", headers["webhook-timestamp"]);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers["webhook-signature"]);
    }

    [Fact]
    public async Task A_message_is_signed_with_each_secret_under_its_id_and_put_where_that_is_wanted()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        await using var web = await LoopbackWeb.AnsweringAsync(204);
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync($"url=http://127.0.0.1:{web.Port}/hook,method=PUT,secret=whsec_{Convert.ToBase64String(key)} {Old}", address: "");
        store.Execute($"UPDATE notifiers SET type = 'WEBHOOK' WHERE id = {id}");
        await store.AnnounceAsync(AChange.Failure(3));

        await store.RunAsync(id);

        var received = Assert.Single(web.Requests);
        var signed = Encoding.UTF8.GetBytes($"{received.Headers["webhook-id"]}.{received.Headers["webhook-timestamp"]}.{received.Body}");
        var signatures = received.Headers["webhook-signature"].Split(' ');
        Assert.Equal(("PUT", $"{AChange.Noon.ToUnixTimeSeconds()}"), (received.Method, received.Headers["webhook-timestamp"]));
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", signatures[0]);
        Assert.Equal(2, signatures.Length);
    }

    [Theory]
    [InlineData("s3cr3t")]
    [InlineData("whsec_s3cr3t")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw s3cr3t")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void What_is_no_secret_is_refused_without_showing_it(string secret)
    {
        var fault = Assert.Single(new WebhookSample().Channel.Check(new("", $"url=https://example.org/,secret={secret}")));

        Assert.Contains("must have whsec_ and 24 to 64 bytes", fault.Words);
        Assert.DoesNotContain("s3cr3t", fault.Words);
    }
}

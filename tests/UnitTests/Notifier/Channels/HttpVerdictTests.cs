using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.UnitTests.Notifier.Channels;

public sealed class HttpVerdictTests
{
    private static readonly HttpCall Call = new(HttpMethod.Post, new Uri("https://hooks.example.org:8443/s3cr3t?key=s3cr3t"), [new("Authorization", "s3cr3t")], "application/json", "{}");

    [Theory]
    [InlineData(200, "Delivered", false)]
    [InlineData(202, "Delivered", false)]
    [InlineData(204, "Delivered", false)]
    [InlineData(301, "Refused", false)]
    [InlineData(308, "Refused", false)]
    [InlineData(400, "Refused", false)]
    [InlineData(401, "Refused", false)]
    [InlineData(403, "Refused", false)]
    [InlineData(404, "Refused", false)]
    [InlineData(408, "Retry", true)]
    [InlineData(410, "Refused", false)]
    [InlineData(413, "Refused", false)]
    [InlineData(422, "Refused", false)]
    [InlineData(425, "Retry", true)]
    [InlineData(429, "Retry", true)]
    [InlineData(500, "Retry", false)]
    [InlineData(502, "Retry", true)]
    [InlineData(503, "Retry", true)]
    [InlineData(504, "Retry", true)]
    [InlineData(599, "Retry", false)]
    public void Each_status_has_its_meaning(int status, string result, bool serverFault)
    {
        var outcome = HttpVerdict.Of(Call, new HttpAnswer { Status = status, Body = "because\r\nof it", RetryAfter = "40", At = AChange.Noon });

        Assert.Equal((result, serverFault), ($"{outcome.Result}", outcome.ServerFault));
        Assert.Equal(result is "Retry" ? TimeSpan.FromSeconds(40) : null, outcome.After);
        Assert.DoesNotContain("s3cr3t", $"{outcome} {Call}");
        if (result is not "Delivered")
        {
            Assert.StartsWith($"https://hooks.example.org:8443 answered {status}", outcome.Reason);
            Assert.EndsWith("of it", outcome.Reason);
        }
    }

    [Fact]
    public void A_request_without_an_answer_is_retried()
    {
        var outcome = HttpVerdict.Of(Call, new HttpAnswer { Fault = "no connection", Hint = "Check." });

        Assert.Equal((SendResult.Retry, true, "no connection", "Check."), (outcome.Result, outcome.ServerFault, outcome.Reason, outcome.Hint));
    }

    [Theory]
    [InlineData("Bearer t", "connection: token t", "connection: token t")] // a secret of few letters is part of many words
    [InlineData("Basic bWU6czNjcjN0", "got Basic bWU6czNjcjN0", "got ***")]
    [InlineData("Basic bWU6czNjcjN0", "got bWU6czNjcjN0 from you", "got *** from you")]
    public void What_a_receiver_says_back_of_a_login_is_masked_where_it_is_long_enough(string login, string said, string shown)
    {
        var outcome = HttpVerdict.Of(Call with { Headers = [new("Authorization", login)] }, new HttpAnswer { Status = 400, Body = said });

        Assert.EndsWith($" 400 Bad Request: {shown}", outcome.Reason);
    }
}

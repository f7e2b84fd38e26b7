using System.Text;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class QuerySecretsTests
{
    [Theory]
    [InlineData("", "/?api_key=S3CR3T%2F%2Bkey")]
    [InlineData("a?page=2#part", "/a?page=2&api_key=S3CR3T%2F%2Bkey")]
    public async Task Secret_parameters_are_sent_after_the_query_and_shown_nowhere(string path, string asked)
    {
        var seen = "";
        await using var server = new RawServer(async (stream, token) =>
        {
            seen = await RawServer.ReadRequestAsync(stream, token);
            var answer = "HTTP/1.1 403 Forbidden\r\nLocation: /other?api_key=S3CR3T%2F%2Bkey\r\nContent-Length: 24\r\n\r\nno such key: S3CR3T/+key";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url + path).WithQuery("api_key=S3CR3T%2F%2Bkey"));

        Assert.StartsWith($"GET {asked} HTTP/1.1\r\n", seen, StringComparison.Ordinal);
        Assert.Equal(ProbeReasons.StatusMismatch, result.Reason);
        Assert.Contains("Location: /other?api_key=***", result.Lines());
        Assert.Contains("Body: no such key: ***", result.Lines());
        Assert.DoesNotContain("S3CR3T", string.Join('\n', result.Lines()) + result.Description + result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_that_repeats_secret_parameters_is_followed_and_shown_without_them()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            var request = await RawServer.ReadRequestAsync(stream, token);
            var answer = request.StartsWith("GET /next?key=S3CR3T-key ", StringComparison.Ordinal)
                ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                : "HTTP/1.1 302 Found\r\nLocation: /next?key=S3CR3T-key\r\nContent-Length: 0\r\n\r\n";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url).WithQuery("key=S3CR3T-key") with { MaxRedirects = 1 });

        Assert.Equal("OK", result.Description);
        Assert.Contains($"Redirect 1 of at most 1 to {server.Url}next?key=***", result.Lines());
    }

    [Fact]
    public async Task A_malformed_text_in_a_row_is_a_fault_of_the_target()
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9/").WithQuery("S3CR3T"));

        Assert.Equal(
            (ProbeReasons.TargetInvalid, "query_secrets must be name=value&name=value, but part 1 has no name and '='"), (result.Reason, result.Description));
    }

    [Fact]
    public async Task A_URL_that_has_secrets_in_its_own_query_is_shown_without_them()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var result = await AProbe.RunAsync($"{server.Url}hook?page=1&api_key=abc");

        Assert.Equal($"Connecting to {server.Url}hook?page=1&api_key=*** ....", result.Lines()[0]);
    }
}

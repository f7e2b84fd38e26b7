using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

/// <summary>A target that repeats what it was sent, in full or in part.</summary>
public sealed class SecretPartsTests
{
    [Theory]
    [InlineData("X-Pass", "hunter22")]
    [InlineData("X-JWT", "eyJhbGciOi")]
    [InlineData("X-Api", "abcd1234")]
    [InlineData("Cookie", "lang=de; sessionid=0123456789abcdef", "0123456789abcdef")]
    [InlineData("Authorization", "Bearer s3cr3ttoken", "s3cr3ttoken")]
    public async Task What_a_header_holds_is_in_no_trace(string name, string value, string? said = null)
    {
        await using var server = RawServer.Answering(Saying(said ?? value));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url).WithHeaders($"{name}: {value}"));

        AssertHidden(result, said ?? value);
    }

    [Theory]
    [InlineData("""{"auth":{"user":"monitor","password":"hunter22"}}""", "hunter22")]
    [InlineData("""{"login":["svc-4711-monitoring"]}""", "svc-4711-monitoring")]
    [InlineData("user=monitor&password=h%26nter22", "h&nter22")]
    [InlineData("user=monitor&pin=0815471199", "0815471199")]
    public async Task What_a_body_holds_is_in_no_trace(string body, string said)
    {
        await using var server = RawServer.Answering(Saying(said));

        var result = await AProbe.RunAsync((AProbe.Job(server.Url) with { Method = "POST" }).WithBody(body));

        AssertHidden(result, said);
    }

    [Theory]
    [InlineData("?api_key=hunter22", "hunter22")]
    [InlineData("?a=b&access_token=x%2Fy%2Fz12", "x/y/z12")]
    public async Task What_a_query_names_like_a_secret_is_in_no_trace(string query, string said)
    {
        await using var server = RawServer.Answering(Saying(said));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url + query));

        AssertHidden(result, said);
        AssertHidden(result, query.Split('=')[^1]);
    }

    [Fact]
    public async Task Words_that_stand_in_many_a_text_stay()
    {
        await using var server = RawServer.Answering(Saying("the monitor of status"));

        var result = await AProbe.RunAsync((AProbe.Job(server.Url) with { Method = "POST" }).WithBody("""{"query":"status","user":"monitor","size":10}"""));

        Assert.Contains(result.Lines(), line => line.Contains("the monitor of status", StringComparison.Ordinal));
        Assert.Equal("target status:500 != 200", result.Description);
    }

    private static string Saying(string text) => $"HTTP/1.1 500 Oops\r\nX-Said: {text}\r\nContent-Length: {text.Length}\r\n\r\n{text}";

    private static void AssertHidden(ProbeResult result, string secret)
    {
        Assert.Contains(result.Lines(), line => line.Contains("***", StringComparison.Ordinal));
        Assert.All([result.Description, .. result.Lines()], line => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase));
    }
}

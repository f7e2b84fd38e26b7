using Skypunch.ServiceDefaults.Hosting;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Hosting;

public sealed class HealthQuestionTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}", 1)]
    [InlineData("SSH-2.0-OpenSSH\r\n", 1)]
    [InlineData("", 1)]
    public async Task A_service_is_ready_when_it_says_so(string answer, int exitCode)
    {
        await using var server = RawServer.Answering(answer);

        Assert.Equal(exitCode, await HealthQuestion.AskAsync($"http://*:{server.Port}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:1")]
    public async Task Where_nobody_listens_no_service_is_ready(string? listens)
        => Assert.Equal(1, await HealthQuestion.AskAsync(listens));
}

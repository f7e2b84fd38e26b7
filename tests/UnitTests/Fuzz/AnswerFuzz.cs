using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Probing;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>
/// A Prober that may connect to this machine only, a job that reads all parts of an answer, and the checks of the result.
/// </summary>
internal sealed class AnswerFuzz : IAsyncDisposable
{
    private const int MostSteps = 600;
    private const int LongestWords = 16 * 1024;

    private static readonly string[] Assertions =
    [
        "", "", "body contains x", "body not matches (a|aa)+$", "json $.a[0]['b'] == 1", "json $.a < 5\njson $ length > 0", "json $.x absent\njson $.a matches 1", "header Content-Type matches (?=json)",
        "latency < 10s", "certificate > 1d\nheader X absent", "body matches ^(?=a)(a|aa)+$", "json $ == {\"a\":[1,{\"b\":1e999}]}\nbody not contains \ufffd",
    ];

    private static readonly string[] Methods = ["GET", "GET", "HEAD", "POST", "OPTIONS"];

    private readonly ServiceProvider _services = AProbe.Parts(("Prober:EgressDeny", "0.0.0.0/0,::/0"), ("Prober:EgressAllow", "127.0.0.0/8")).BuildServiceProvider();

    /// <summary>Runs a probe and returns its reason.</summary>
    public async Task<string> ProbeAsync(Random random, string url, bool follows, bool isHttp2)
    {
        var timeout = TimeSpan.FromSeconds(2);
        var job = AProbe.Job(url) with
        {
            Timeout = timeout,
            Method = Methods[random.Next(Methods.Length)],
            PassResult = random.Next(3) == 0 ? "100-599" : "200",
            Assertions = Assertions[random.Next(Assertions.Length)] is { Length: > 0 } text ? text : null,
            MaxRedirects = follows ? random.Next(4) : 0,
            HttpVersion = isHttp2 ? HttpVersions.Http2 : null,
        };
        job = random.Next(3) == 0 ? job.WithHeaders("Authorization: Bearer s3cret-of-the-target", "Cookie: a=b") : job;

        var result = await _services.GetRequiredService<HttpProbe>().RunAsync(job, traced: random.Next(2) == 0, TestContext.Current.CancellationToken);

        Assert.NotEqual(ProbeReasons.Internal, result.Reason);
        Assert.NotEqual(ProbeReasons.TargetInvalid, result.Reason);
        Assert.InRange(result.Duration, TimeSpan.Zero, timeout + TimeSpan.FromSeconds(20)); // room for a busy machine
        Assert.True(OneLine.Is(result.Description) && result.Description.Length <= LongestWords, result.Description);
        Assert.DoesNotContain("s3cret-of-the", result.Description, StringComparison.Ordinal);
        Assert.InRange(result.Trace?.Count ?? 0, 0, MostSteps);
        Assert.All(result.Trace ?? [], step => Assert.True(OneLine.Is(step.Text) && !step.Text.Contains("s3cret-of-the", StringComparison.Ordinal), step.Text));
        return result.Description.Contains("Exception", StringComparison.Ordinal) ? $"{result.Reason} by an exception" : result.Reason;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

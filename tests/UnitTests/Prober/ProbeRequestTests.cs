using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Probing;

namespace Skypunch.UnitTests.Prober;

/// <summary>Values that an operator may have written into the table in SQL.</summary>
public sealed class ProbeRequestTests
{
    [Theory]
    [InlineData("ftp://a.example/", "url 'ftp://a.example/' must be a URL that begins with http:// or https://")]
    [InlineData("a.example", "url 'a.example' must be a URL that begins with http:// or https://")]
    [InlineData("/etc/passwd", "url '/etc/passwd' must be a URL that begins with http:// or https://")]
    [InlineData(null, "url '' must be a URL that begins with http:// or https://")]
    [InlineData("", "url '' must be a URL that begins with http:// or https://")]
    [InlineData("me:secret@a.example", "url '***@a.example' must be a URL that begins with http:// or https://")]
    [InlineData("http://me:secret@a.example/", "url must be without a user and password in it; use authn BASIC")]
    [InlineData("http://a.example:0/", "url 'http://a.example:0/' has port 0; use a port from 1 to 65535")]
    public void A_url_that_cannot_be_probed_is_named(string? url, string words)
        => Assert.Equal(words, FailureOf(AProbe.Job(url!)));

    [Theory]
    [InlineData("FETCH IT", "method 'FETCH IT' must be a method of HTTP")]
    [InlineData("", "method '' must be a method of HTTP")]
    [InlineData(null, "method '' must be a method of HTTP")]
    [InlineData("GET\r\nX: y", "method 'GET  X: y' must be a method of HTTP")]
    [InlineData("trace", "method 'trace' must not be TRACE")]
    public void An_unusable_method_is_named(string? method, string words)
        => Assert.StartsWith(words, FailureOf(AProbe.Job("http://a.example") with { Method = method! }), StringComparison.Ordinal);

    [Theory]
    [InlineData("KERBEROS", "authn 'KERBEROS' must be NONE, BASIC, OPENSTACK, OAUTH2 or DIGEST")]
    [InlineData(null, "authn '' must be NONE, BASIC, OPENSTACK, OAUTH2 or DIGEST")]
    public void An_unknown_authentication_is_named(string? authn, string words)
        => Assert.Equal(words, FailureOf(AProbe.Job("http://a.example") with { Authn = authn! }));

    [Theory]
    [InlineData("fine", "pass_result 'fine' must be a status code such as 200, or codes and ranges such as 200-299,304")]
    [InlineData(null, "pass_result '' must be a status code such as 200, or codes and ranges such as 200-299,304")]
    public void An_unusable_expected_status_is_named(string? passResult, string words)
        => Assert.Equal(words, FailureOf(AProbe.Job("http://a.example") with { PassResult = passResult! }));

    [Theory]
    [InlineData(0, "timeout 0 s must be from 0.1 s to 300 s")]
    [InlineData(-5, "timeout -5 s must be from 0.1 s to 300 s")]
    [InlineData(301, "timeout 301 s must be from 0.1 s to 300 s")]
    public void An_unusable_timeout_is_named(int seconds, string words)
        => Assert.Equal(words, FailureOf(AProbe.Job("http://a.example") with { Timeout = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void All_faults_are_named_at_once()
        => Assert.Equal(2, FailureOf(AProbe.Job("gopher://x") with { Method = "G T" }).Split("must be").Length - 1);

    [Fact]
    public void Small_letters_and_blanks_do_no_harm()
    {
        var job = AProbe.Job(" http://a.example ") with { Method = " get", Authn = "none", PassResult = " 200-299, 304 " };

        Assert.True(ProbeRequest.TryPrepare(job, out var request, out _));

        Assert.Equal(("http://a.example/", HttpMethod.Get, "NONE"), (request.Url.ToString(), request.Method, request.Authn));
    }

    [Fact]
    public async Task An_unusable_request_is_a_failure_of_its_target_with_a_trace()
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://a.example") with { Method = "G T" });

        Assert.Equal(ProbeReasons.TargetInvalid, result.Reason);
        Assert.Equal(["Target [FAIL] reason: method 'G T' " + ProbeMethods.Remedy], result.Lines());
    }

    [Fact]
    public void The_longest_timeout_and_the_most_redirects_of_the_API_reach_the_probe()
    {
        var job = AProbe.Job("http://a.example") with { Timeout = TimeSpan.FromSeconds(TargetLimits.LongestTimeout), MaxRedirects = TargetLimits.MostRedirects + 1 };

        Assert.True(ProbeRequest.TryPrepare(job, out var request, out _));
        Assert.Equal((job.Timeout, TargetLimits.MostRedirects), (request.Timeout, request.MaxRedirects));
    }

    private static string FailureOf(ProbeJob job)
    {
        Assert.False(ProbeRequest.TryPrepare(job, out _, out var failure));
        Assert.Equal(ProbeReasons.TargetInvalid, failure.Reason);
        return failure.Words;
    }
}

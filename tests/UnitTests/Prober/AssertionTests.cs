using System.Text;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class AssertionTests
{
    private const string Json = """{"state":"up","nodes":[{"id":7,"ok":true},{"id":8,"ok":null}],"odd name":1.50}""";

    [Theory]
    [InlineData("body contains \"state\":\"up\"", null)]
    [InlineData("body contains DOWN", "body does not contain 'DOWN'; it is '{0}'")]
    [InlineData("body matches \"id\":[78]", null)]
    [InlineData("body matches ^up$", "body does not match '^up$'; it is '{0}'")]
    [InlineData("body matches ^(?!.*down)", null)]
    [InlineData("json $.state == \"up\"", null)]
    [InlineData("json $.state == up", null)]
    [InlineData("json $.state == down", "json $.state is \"up\", not down")]
    [InlineData("json $.nodes[1].id == 8", null)]
    [InlineData("json $.nodes[-1].id == 8", null)]
    [InlineData("json $.nodes[0].ok == true", null)]
    [InlineData("json $.nodes[1].ok == null", null)]
    [InlineData("json $['odd name'] == 1.5", null)]
    [InlineData("json $.nodes[2].id == 8", "json $.nodes[2].id is not there")]
    [InlineData("json $.nodes[0] == {\"ok\":true,\"id\":7}", null)]
    [InlineData("header X-Node present", null)]
    [InlineData("header x-node matches ^n\\d$", null)]
    [InlineData("header X-Node matches ^m", "header X-Node is 'n1', which does not match '^m'")]
    [InlineData("header X-None present", "header X-None is not there")]
    [InlineData("header X-None matches .", "header X-None is not there")]
    [InlineData("header Content-Type matches json", null)]
    [InlineData("latency < 5s", null)]
    [InlineData("latency > 0.001ms", null)]
    [InlineData("body not contains error", null)]
    [InlineData("body not contains up", "body contains 'up': '{\"state\":\"up\",\"nodes\":[{\"id\":7,\"ok\":true},{\"id\":8,\"ok\":null}],\"odd name…'")]
    [InlineData("body not matches \"id\":9", null)]
    [InlineData("body not matches odd.name", "body matches 'odd.name': '…tate\":\"up\",\"nodes\":[{\"id\":7,\"ok\":true},{\"id\":8,\"ok\":null}],\"odd name\":1.50}'")]
    [InlineData("json $.state != down", null)]
    [InlineData("json $.state != up", "json $.state is \"up\", which it must not be")]
    [InlineData("json $.none != up", "json $.none is not there")]
    [InlineData("json $['odd name'] < 1.51", null)]
    [InlineData("json $['odd name'] <= 1.5", null)]
    [InlineData("json $['odd name'] > 15e-1", "json $['odd name'] is 1.50, not > 15e-1")]
    [InlineData("json $['odd name'] >= 1.6", "json $['odd name'] is 1.50, not >= 1.6")]
    [InlineData("json $.state < 5", "json $.state is \"up\", no number, and must be < 5")]
    [InlineData("json $.nodes[1].ok exists", null)]
    [InlineData("json $.nodes[2] exists", "json $.nodes[2] is not there")]
    [InlineData("json $.nodes[2] absent", null)]
    [InlineData("json $.state absent", "json $.state is there: \"up\"")]
    [InlineData("json $.nodes length == 2", null)]
    [InlineData("json $.nodes[0] length > 1", null)]
    [InlineData("json $.state length != 2", "json $.state is \"up\", of length 2, not != 2")]
    [InlineData("json $['odd name'] length > 0", "json $['odd name'] is 1.50, which has no length, and must have one > 0")]
    [InlineData("json $.state matches ^(up|ready)$", null)]
    [InlineData("json $['odd name'] matches ^1\\.5", null)]
    [InlineData("json $.state matches ^down", "json $.state is \"up\", which does not match '^down'")]
    [InlineData("json $.state not matches ^u", "json $.state is \"up\", which matches '^u'")]
    [InlineData("header X-None absent", null)]
    [InlineData("header X-Node absent", "header X-Node is there: 'n1'")]
    [InlineData("header X-Node not matches ^m", null)]
    [InlineData("header X-Node not matches 1$", "header X-Node is 'n1', which matches '1$'")]
    [InlineData("header X-None not matches .", "header X-None is not there")]
    [InlineData("certificate > 1d", "there is no certificate: the answer came without TLS")]
    public async Task Each_assertion_is_judged_and_a_failure_names_the_actual_value(string assertion, string? words)
    {
        await using var server = Answering(Json);

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = assertion });

        words = words?.Replace("{0}", Json, StringComparison.Ordinal);
        Assert.Equal((words is null ? ProbeReasons.Ok : ProbeReasons.AssertionFailed, words ?? "OK"), (result.Reason, result.Description));
        var step = Assert.Single(result.Trace!, step => step.Phase == "assertion");
        Assert.Equal(($"Assertion: {assertion}", words), (step.Text, step.Reason));
        Assert.Equal(words is null ? StepOutcome.Ok : StepOutcome.Fail, step.Outcome);
    }

    [Fact]
    public async Task All_assertions_that_do_not_hold_are_reported_at_once()
    {
        await using var server = Answering("fine");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with
        {
            Assertions = "body contains fine\nbody contains good\njson $.a == 1\nlatency < 0.001ms",
        });

        Assert.StartsWith(
            "body does not contain 'good'; it is 'fine'; body is not JSON; it is 'fine'; latency is ",
            result.Description,
            StringComparison.Ordinal);
        Assert.Contains("Body: fine", result.Lines());
        Assert.Equal($"Response [FAIL] reason: {result.Description}", result.Lines()[^1]);
    }

    [Fact]
    public async Task The_status_is_judged_before_any_assertion()
    {
        await using var server = RawServer.Answering("HTTP/1.1 500 No\r\nContent-Length: 4\r\n\r\noops");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "body contains fine" });

        Assert.Equal(ProbeReasons.StatusMismatch, result.Reason);
        Assert.DoesNotContain(result.Trace!, step => step.Phase == "assertion");
    }

    [Fact]
    public async Task A_regular_expression_that_never_ends_is_given_up()
    {
        await using var server = Answering(new string('a', 5000) + "!");

        // The lookahead rules out the non-backtracking engine, which cannot run away.
        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "body matches ^(?=a)(a|aa)+$" });

        Assert.Equal(ProbeReasons.AssertionFailed, result.Reason);
        Assert.Equal(
            "'body matches ^(?=a)(a|aa)+$' was given up after 250 ms: the regular expression is too slow for this answer",
            result.Description);
    }

    [Theory]
    [InlineData("body contain x")]
    [InlineData("latency = 1s")]
    [InlineData("body matches (")]
    public async Task A_malformed_assertion_in_a_row_is_a_fault_of_the_target(string assertion)
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9") with { Assertions = assertion });

        Assert.Equal(ProbeReasons.TargetInvalid, result.Reason);
        Assert.StartsWith($"assertions has '{assertion}', ", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_of_the_answer_has_no_secret_in_it()
    {
        const string Secret = "c0rrect-horse-battery";
        await using var server = Answering($"{new string('x', 110)}{Secret} and {Uri.EscapeDataString(Secret)}");

        var job = AProbe.Job(server.Url).WithHeaders($"Authorization: Bearer {Secret}");
        var result = await AProbe.RunAsync(job with { Assertions = "body contains fine" });

        Assert.Equal($"body does not contain 'fine'; it is '{new string('x', 110)}*** and *…'", result.Description);
        Assert.DoesNotContain("c0rrect", string.Join('\n', result.Lines()) + result.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("body not contains c0rrect", "body contains 'c0rrect': '***'")]
    [InlineData("body not contains and", "body contains 'and': '…xx*** and ***'")]
    public async Task What_is_shown_around_a_place_has_no_secret_in_it(string assertion, string expected)
    {
        const string Secret = "c0rrect-horse-battery";
        await using var server = Answering($"{new string('x', 110)}{Secret} and {Secret}");

        var job = AProbe.Job(server.Url).WithHeaders($"Authorization: Bearer {Secret}");
        var result = await AProbe.RunAsync(job with { Assertions = assertion });

        Assert.Equal(expected.Replace("…xx", $"…{new string('x', 56)}", StringComparison.Ordinal), result.Description);
        Assert.DoesNotContain("horse", string.Join('\n', result.Lines()) + result.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"n\":123456789012345678901234567890}", "json $.n < 123456789012345678901234567891", null)]
    [InlineData("{\"n\":1e99999999999}", "json $.n > 1e308", null)]
    [InlineData("{\"n\":\"5\"}", "json $.n < 10", "json $.n is \"5\", no number, and must be < 10")]
    [InlineData("{\"n\":\"\\ud83d\"}", "json $.n length == 1", "json $.n is \"\\ud83d\", which has no length, and must have one == 1")]
    [InlineData("{\"n\":\"\\ud83d\\ude00\"}", "json $.n length == 1", null)]
    [InlineData("{\"n\":\"\\ud83d\"}", "json $.n != x", null)]
    [InlineData("<html>", "json $.n absent", "body is not JSON; it is '<html>'")]
    [InlineData("[1,[2]]", "json $[-1][0] == 2", null)]
    [InlineData("{\"a==b\":1}", "json $['a==b'] == 1", null)]
    public async Task Values_are_judged_by_what_they_are(string body, string assertion, string? words)
    {
        await using var server = Answering(body);

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = assertion });

        Assert.Equal(words ?? "OK", result.Description);
    }

    [Theory]
    [InlineData("latency < 0.001ms", "See in the trace which step takes the time: ")]
    [InlineData("json $.x == 1", "See whether the URL is that of the service's API, ")]
    [InlineData("body contains x", null)]
    public async Task A_failure_has_advice_where_there_is_some(string assertion, string? expected)
    {
        await using var server = Answering("fine");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = assertion });

        Assert.Equal(expected is not null, result.Advice is not null);
        Assert.StartsWith(expected ?? "", result.Advice ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_latency_that_is_too_short_says_so()
    {
        await using var server = Answering("fine");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "latency > 9s" });

        Assert.Matches("^latency is .* ms, not over 9 s$", result.Description);
    }

    private static RawServer Answering(string body) => RawServer.Answering(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Node: n1\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}

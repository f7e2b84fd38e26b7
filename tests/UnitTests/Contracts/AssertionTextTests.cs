using Skypunch.Contracts;

namespace Skypunch.UnitTests.Contracts;

public sealed class AssertionTextTests
{
    [Theory]
    [InlineData("BODY Contains a b  c", typeof(BodyContains))]
    [InlineData("json $ == {}", typeof(JsonEquals))]
    [InlineData("json $.a-b[0]['c.d'] == x == y", typeof(JsonEquals))]
    [InlineData("header ETag present", typeof(HeaderPresent))]
    [InlineData("latency < 1.5s", typeof(LatencyUnder))]
    [InlineData("latency < 500 ms", typeof(LatencyUnder))]
    [InlineData("certificate > 14d", typeof(CertificateValidFor))]
    public void Each_form_is_read(string text, Type kind)
    {
        Assert.True(AssertionText.TryParseOne(text, out var assertion, out var error), error);

        Assert.IsType(kind, assertion);
        Assert.Equal(text, assertion.Text);
    }

    [Theory]
    [InlineData("body")]
    [InlineData("body contains")]
    [InlineData("json state == up")]
    [InlineData("json $. == up")]
    [InlineData("json $[x] == up")]
    [InlineData("json $['a] == up")]
    [InlineData("json $.a = up")]
    [InlineData("json $.a ==")]
    [InlineData("header present")]
    [InlineData("header X contains y")]
    [InlineData("header X present now")]
    [InlineData("latency < 500")]
    [InlineData("latency < 0s")]
    [InlineData("latency < 6000s")]
    [InlineData("latency < -1s")]
    [InlineData("certificate > 14")]
    [InlineData("certificate > 99999d")]
    [InlineData("status == 200")]
    public void What_is_no_assertion_is_told_with_the_forms(string text)
    {
        Assert.False(AssertionText.TryParse($"latency < 1s\n{text}", out _, out var error));

        Assert.Equal($"has '{text}', but must be {AssertionText.Forms}", error);
    }

    [Fact]
    public void A_regular_expression_that_is_none_is_told_with_the_reason()
    {
        Assert.False(AssertionText.TryParse("body matches (a", out _, out var error));

        Assert.StartsWith("has 'body matches (a', whose regular expression is not valid: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_a_limit_to_how_many_and_how_long()
    {
        Assert.False(AssertionText.TryParse(string.Join('\n', Enumerable.Repeat("body contains x", 33)), out _, out var tooMany));
        Assert.False(AssertionText.TryParse($"body contains {new string('x', 1024)}", out _, out var tooLong));

        Assert.Equal(("must be 32 at the most", "must be one line of at most 1024 characters each"), (tooMany, tooLong));
    }

    [Fact]
    public void Empty_lines_and_windows_line_ends_do_no_harm()
    {
        Assert.True(AssertionText.TryParse("\r\n  body contains a \r\n\nlatency < 1s\n", out var assertions, out _));

        Assert.Equal(["body contains a", "latency < 1s"], assertions.Select(a => a.Text));
    }
}

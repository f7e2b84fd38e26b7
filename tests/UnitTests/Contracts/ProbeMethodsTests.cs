using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class ProbeMethodsTests
{
    [Theory]
    [InlineData("get", "GET")]
    [InlineData(" Options ", "OPTIONS")]
    [InlineData("propfind", "propfind")]
    [InlineData("M-SEARCH", "M-SEARCH")]
    [InlineData("Query", "Query")]
    public void A_known_method_is_written_in_capital_letters_and_any_other_stays(string text, string method)
    {
        Assert.Equal(method, ProbeMethods.Of(text));
        Assert.Null(ProbeMethods.Fault(method));
    }

    [Theory]
    [InlineData("", "must be a method of HTTP")]
    [InlineData(null, "must be a method of HTTP")]
    [InlineData("GET /", "must be a method of HTTP")]
    [InlineData("GET\r\nX: y", "must be a method of HTTP")]
    [InlineData("GÉT", "must be a method of HTTP")]
    [InlineData("SEVENTEENLETTERS+", "must be a method of HTTP")]
    [InlineData("trace", "must not be TRACE: its answer repeats the request with all its secrets")]
    [InlineData("Connect", "must not be CONNECT: it opens a tunnel, and there is no answer to judge")]
    public void A_malformed_or_forbidden_method_is_refused(string? text, string words)
        => Assert.StartsWith(words, ProbeMethods.Fault(ProbeMethods.Of(text)), StringComparison.Ordinal);
}

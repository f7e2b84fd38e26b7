namespace Skypunch.UnitTests.Architecture;

public sealed class CirclesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("ab bc ac", "")]
    [InlineData("ab ba", "ab")]
    [InlineData("ab bc ca cd", "abc")]
    [InlineData("ab ba bc cd dc", "ab cd")]
    [InlineData("ab bc cb ca", "abc")]
    [InlineData("za ab ba", "ab")]
    public void Each_circle_is_found_with_its_members(string arrows, string circles)
        => Assert.Equal(circles, string.Join(' ', Circles.Of(arrows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => (a[..1], a[1..]))).Select(circle => string.Concat(circle))));

    [Fact]
    public void A_circle_is_described_file_by_file_with_the_smallest_arrow_first()
    {
        Naming[] namings =
        [
            new("P", "Low", "High", "P", "low.cs", 3, "Options"),
            new("P", "High", "Low", "P", "a.cs", 1, "Words"),
            new("P", "High", "Low", "P", "a.cs", 2, "Words"),
            new("P", "High", "Low", "P", "b.cs", 9, "Trace"),
            new("P", "High", "Elsewhere", "P", "b.cs", 9, "Other"),
        ];

        var words = CircleWords.Of(["High", "Low"], namings);

        Assert.StartsWith(
            """
            These namespaces name each other in a circle: High, Low

            Low -> High: 1 place
              low.cs: Options (line 3)

            High -> Low: 2 places
              a.cs: Words (line 1)
              b.cs: Trace (line 9)

            An arrow points to what is named.
            """.ReplaceLineEndings("\n"),
            words,
            StringComparison.Ordinal);
    }
}

using System.Text.RegularExpressions;
using Skypunch.Contracts.Texts;
using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Contracts;

/// <summary>Checks that docs/assertions.md agrees with the parser.</summary>
public sealed partial class AssertionsPageTests
{
    [Fact]
    public void Every_example_of_the_page_is_an_assertion()
    {
        var rows = Page().Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        var examples = rows.SelectMany(row => Code().Matches(row.Split(" | ")[^1]).Select(match => match.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal)));

        Assert.Equal(19, rows.Count);
        Assert.All(examples, example => Assert.True(AssertionText.TryParseOne(example, out _, out var error), error));
    }

    [Fact]
    public void Every_kind_of_assertion_has_its_example()
    {
        var kinds = Page().SelectMany(line => Code().Matches(line))
            .Select(match => AssertionText.TryParseOne(match.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal), out var read, out _) ? read : null)
            .OfType<Assertion>()
            .Select(assertion => (assertion.GetType(), assertion.IsNegative))
            .ToHashSet();

        var all = typeof(Assertion).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Assertion)) && !type.IsAbstract);
        Assert.All(all, type => Assert.Contains((type, false), kinds));
        Assert.Equal(7, kinds.Count(kind => kind.IsNegative));
    }

    [Fact]
    public void What_the_page_shows_as_refused_is_refused_so()
    {
        var line = Assert.Single(Page(), line => line.StartsWith("error: --assert: ", StringComparison.Ordinal));

        Assert.False(AssertionText.TryParseOne("json $.content-type == x", out _, out var error));
        Assert.StartsWith(line["error: --assert: ".Length..].TrimEnd('…'), error, StringComparison.Ordinal);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    private static string[] Page() => Sources.Read("docs/assertions.md").Split('\n');
}

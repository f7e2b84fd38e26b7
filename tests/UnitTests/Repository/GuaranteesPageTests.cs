using System.Text.RegularExpressions;
using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Repository;

/// <summary>A promise in docs/guarantees.md names the tests that keep it.</summary>
public sealed partial class GuaranteesPageTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var tests = Directory.EnumerateFiles(Sources.PathOf("tests"), "*.cs", SearchOption.AllDirectories).ToLookup(Path.GetFileNameWithoutExtension);
        var named = Named().Matches(File.ReadAllText(Sources.PathOf("docs/guarantees.md")));
        Assert.True(named.Count > 100, $"only {named.Count} tests are found on the page");

        var missing = named
            .Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value))
            .Where(test => !tests[test.Class].Any(file => test.Method.Length == 0 || File.ReadAllText(file).Contains($" {test.Method}(", StringComparison.Ordinal)))
            .Select(test => $"{test.Class}.{test.Method}");
        Assert.Empty(missing);
    }

    [GeneratedRegex(@"`(?:\w+\.)?(?<class>\w+Tests)(?:\.(?<method>\w+))?`")]
    private static partial Regex Named();
}

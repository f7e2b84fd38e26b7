using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts.JsonPathSuite;

/// <summary>Singular queries select what the compliance suite says, and no other selector is accepted as a singular query.</summary>
public sealed partial class JsonPathSuiteTests
{
    [Fact]
    public void Every_singular_query_selects_what_the_suite_says()
    {
        var queries = Read().Where(test => !IsInvalid(test) && SingularQuery().IsMatch(Selector(test))).ToList();

        Assert.Equal(79, queries.Count);
        Assert.All(queries, test =>
        {
            Assert.True(JsonPath.TryParse(Selector(test), out var path, out var error), error);
            var found = path.Find(test.GetProperty("document"));
            var expected = test.GetProperty("result").EnumerateArray().ToList();
            Assert.Equal(expected.Count, found is null ? 0 : 1);
            Assert.All(expected, value => Assert.True(JsonElement.DeepEquals(value, found!.Value), found.Value.GetRawText()));
            Assert.Equal(Selector(test), path.ToString());
        });
    }

    [Fact]
    public void Every_invalid_selector_is_refused_with_its_place()
    {
        var selectors = Read().Where(IsInvalid).ToList();

        Assert.Equal(247, selectors.Count);
        Assert.All(selectors, test =>
        {
            Assert.False(JsonPath.TryParse(Selector(test), out _, out var error));
            Assert.Matches("^at column [1-9][0-9]* [a-z]", error);
        });
    }

    [Fact]
    public void Every_query_that_may_select_several_values_is_refused_as_such()
    {
        var queries = Read().Where(test => !IsInvalid(test) && !SingularQuery().IsMatch(Selector(test))).ToList();

        Assert.Equal(703 - 247 - 79, queries.Count);
        Assert.All(queries, test =>
        {
            Assert.False(JsonPath.TryParse(Selector(test), out _, out var error));
            Assert.Contains("selects several values", error, StringComparison.Ordinal);
        });
    }

    // The ABNF of singular-query as a regular expression, independent of the parser.
    [GeneratedRegex("""
        ^\$(\s*(\.[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_\u0080-\uFFFF]*|\[\s*('([^'\\]|\\.)*'|"([^"\\]|\\.)*"|0|-?[1-9][0-9]*)\s*\]))*$
        """)]
    private static partial Regex SingularQuery();

    private static bool IsInvalid(JsonElement test) => test.TryGetProperty("invalid_selector", out var invalid) && invalid.GetBoolean();

    private static string Selector(JsonElement test) => test.GetProperty("selector").GetString()!;

    private static List<JsonElement> Read([CallerFilePath] string caller = "")
    {
        using var suite = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(caller)!, "cts.json")));
        return [.. suite.RootElement.GetProperty("tests").EnumerateArray().Select(test => test.Clone())];
    }
}

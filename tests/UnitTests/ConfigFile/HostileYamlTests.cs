using Skypunch.ConfigFile.Yaml;
using YamlDotNet.Core;

namespace Skypunch.UnitTests.ConfigFile;

/// <summary>Short YAML texts that expand to very much.</summary>
public sealed class HostileYamlTests
{
    [Fact]
    public void Aliases_of_aliases_are_bounded_in_number()
    {
        var lines = Enumerable.Range(1, 12).Select(n => $"a{n}: &a{n} [{string.Join(",", Enumerable.Repeat($"*a{n - 1}", 10))}]");

        var error = Assert.Throws<YamlException>(() => YamlTree.Read("a0: &a0 laugh\n" + string.Join('\n', lines)));

        Assert.Contains("more than a million values", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Start.Line, 6, 8);
    }

    [Fact]
    public void Aliases_of_aliases_are_bounded_in_depth()
    {
        var lines = Enumerable.Range(1, 5000).Select(n => $"a{n}: &a{n} [[[[[[[[[*a{n - 1}]]]]]]]]]");

        var error = Assert.Throws<YamlException>(() => YamlTree.Read("a0: &a0 x\n" + string.Join('\n', lines)));

        Assert.Contains("nested too deeply", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Nesting_without_an_end_is_an_error_with_its_line(string opening)
    {
        var error = Assert.Throws<YamlException>(() => YamlTree.Read("x: " + (opening == "- " ? "\n" : "") + string.Concat(Enumerable.Repeat(opening, 2000))));

        Assert.InRange(error.Start.Line, 1, 2);
    }

    [Fact]
    public void An_alias_within_what_it_names_is_an_error() => Assert.Throws<YamlException>(() => YamlTree.Read("a: &a [*a]"));

    [Theory]
    [InlineData("<<: text")]
    [InlineData("<<:")]
    [InlineData("<<: [{a: b}, text]")]
    public void What_is_merged_must_be_a_map(string entry)
    {
        var error = Assert.Throws<YamlException>(() => YamlTree.Read($"t:\n  {entry}"));

        Assert.Equal((2, true), ((int)error.Start.Line, error.Message.Contains("a map, or a list of maps", StringComparison.Ordinal)));
    }

    [Fact]
    public void Merges_of_merges_are_bounded()
    {
        var lines = Enumerable.Range(1, 12).Select(n => $"a{n}: &a{n} {{<<: [{string.Join(", ", Enumerable.Repeat($"*a{n - 1}", 10))}]}}");

        var error = Assert.Throws<YamlException>(() => YamlTree.Read("a0: &a0 {a: laugh}\n" + string.Join('\n', lines)));

        Assert.Contains("more than a million values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_as_people_use_them_are_read()
    {
        var lines = Enumerable.Range(0, 5000).Select(n => $"- {{name: n{n}, headers: *h}}");

        Assert.NotNull(YamlTree.Read("h: &h {a: b, c: d}\nt:\n" + string.Join('\n', lines)));
    }
}

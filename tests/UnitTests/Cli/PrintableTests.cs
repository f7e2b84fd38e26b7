using System.Text.Json;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Output;

namespace Skypunch.UnitTests.Cli;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("Ünïcödé 日本語 👩‍👩‍👧", "Ünïcödé 日本語 👩‍👩‍👧")]
    [InlineData("two\r\nlines\tand a tab", "two  lines and a tab")]
    [InlineData("\u001b[2J\u0007", "\\x1B[2J\\x07")]
    [InlineData("c1 \u009b31m", "c1 \\x9B31m")]
    [InlineData("evil\u202Egnp.exe", "evil\\u202Egnp.exe")]
    [InlineData("mark\u200F", "mark\\u200F")]
    [InlineData("line\u2028separator", "line separator")]
    public void Names_keep_their_letters_and_lose_their_power_over_the_terminal(string text, string expected)
        => Assert.Equal(expected, Printable.Of(text));

    [Fact]
    public void In_json_direction_marks_are_escapes()
    {
        var json = JsonSerializer.Serialize(new ErrorJson(new("X", "evil\u202Egnp.exe \u200F ü", null)), FaultShapes.Json.ErrorJson);

        var shown = Printable.InJson(json);

        Assert.Contains("evil\\u202Egnp.exe \\u200F ü", shown, StringComparison.Ordinal);
        Assert.Equal("evil\u202Egnp.exe \u200F ü", JsonDocument.Parse(shown).RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    [Theory]
    [InlineData('\uD83D')]
    [InlineData('\uDE00')]
    public void Half_a_character_is_replaced(char half) => Assert.Equal("a\uFFFDb", Printable.Of($"a{half}b"));
}

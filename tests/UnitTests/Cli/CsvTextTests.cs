using Skypunch.Cli.Output;

namespace Skypunch.UnitTests.Cli;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("two\nlines\r\n", "two lines  ")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\t=1+1", "' =1+1")]
    [InlineData("\uFF1D1+1", "'\uFF1D1+1")]
    [InlineData("a=b", "a=b")]
    [InlineData("=\"x\",1", "\"'=\"\"x\"\",1\"")]
    [InlineData("clear\u001b[2J", "clear\\x1B[2J")]
    public void A_text_is_one_cell_of_one_line_and_never_a_formula(string text, string cell)
    {
        var csv = new CsvText("name", "after");
        csv.Add(CsvText.Cell(text), "1");
        using var written = new StringWriter();
        csv.WriteTo(written);

        Assert.Equal($"name,after\r\n{cell},1\r\n", written.ToString());
    }
}

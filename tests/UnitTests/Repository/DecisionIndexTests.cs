using System.Globalization;
using System.Text.RegularExpressions;
using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Repository;

/// <summary>docs/decisions/README.md has a row for each decision, with its number, title, status and date.</summary>
public sealed partial class DecisionIndexTests
{
    private const string Folder = "docs/decisions";

    private static readonly string[] Pages =
    [
        .. Directory.GetFiles(Sources.PathOf(Folder), "*.md").Select(path => Path.GetFileName(path)).Where(name => name != "README.md").Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Each_page_has_its_row_in_the_order_of_the_numbers()
        => Assert.Equal(Pages.Select(RowOf), Rows().Select(row => $"| [{row.Number}]({row.File}) | {row.Title} |"));

    [Fact]
    public void Each_row_has_a_status_and_a_date()
    {
        var numbers = Rows().Select(row => row.Number).ToHashSet();

        Assert.All(Rows(), row =>
        {
            Assert.Matches(@"\A(?:accepted|superseded by \d+)\z", row.Status);
            Assert.True(row.Status == "accepted" || numbers.Contains(row.Status.Split(' ')[^1]), $"decision {row.Number} is superseded by a decision that is not there");
            Assert.True(DateOnly.TryParseExact(row.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), $"decision {row.Number} has no date");
        });
    }

    // The heading of a page is "# 7. Assertions, headers and TLS parameters are texts".
    private static string RowOf(string page)
    {
        var heading = Heading().Match(File.ReadLines(Sources.PathOf($"{Folder}/{page}")).First());
        Assert.True(heading.Success, $"{page} must begin with '# NUMBER. TITLE'");
        Assert.StartsWith(heading.Groups[1].Value.PadLeft(4, '0') + "-", page, StringComparison.Ordinal);
        return $"| [{heading.Groups[1].Value}]({page}) | {heading.Groups[2].Value} |";
    }

    private static IEnumerable<Row> Rows() => IndexRow().Matches(Sources.Read($"{Folder}/README.md"))
        .Select(m => new Row(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value, m.Groups[5].Value));

    private sealed record Row(string Number, string File, string Title, string Status, string Date);

    [GeneratedRegex(@"\A# (\d+)\. (.+)\z")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| \[(\d+)\]\((.+?)\) \| (.+?) \| (.+?) \| (.+?) \|$", RegexOptions.Multiline)]
    private static partial Regex IndexRow();
}

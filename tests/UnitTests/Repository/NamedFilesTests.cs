using System.Text.RegularExpressions;
using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Repository;

/// <summary>The pages that say where a change belongs name only files that exist.</summary>
public sealed partial class NamedFilesTests
{
    private static readonly string[] Files =
    [
        .. Directory.GetFiles(Sources.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => "/" + Path.GetRelativePath(Sources.Folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("/artifacts/", StringComparison.Ordinal)),
    ];

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("tests/README.md")]
    public void Each_source_file_that_a_page_names_is_there(string page)
    {
        var named = Names().Matches(Sources.Read(page)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.All(named, name => Assert.True(Files.Any(file => file.EndsWith("/" + name, StringComparison.Ordinal)), $"{page} names {name}, which is not there"));
    }

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("README.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/operations.md")]
    [InlineData("docs/decisions/README.md")]
    public void Each_page_that_a_page_links_to_is_there(string page)
    {
        var folder = Path.GetDirectoryName(page)!;

        Assert.All(Links().Matches(Sources.Read(page)).Select(match => match.Groups[1].Value), link =>
        {
            var path = Sources.PathOf(Path.Combine(folder, link));
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{page} links to {link}, which is not there");
        });
    }

    // Matches the ends of paths: `TargetHealth.cs`, `services/Scheduler/Folding/TargetHealth.cs`.
    [GeneratedRegex(@"`([A-Za-z0-9_./-]*[A-Za-z0-9_-]\.(?:cs|proto|md|json|props|sln|csproj|binpb))`")]
    private static partial Regex Names();

    // Links within this repository, without the heading after #.
    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex Links();
}

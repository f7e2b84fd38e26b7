using System.Text.Json;
using System.Xml.Linq;

namespace Skypunch.UnitTests.Deployment;

/// <summary>Each packages.lock.json matches its project: CI restores exactly the packages that it names.</summary>
public sealed class LockFileTests
{
    private static readonly Dictionary<string, string> Versions = XDocument.Load(Sources.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
        .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

    public static TheoryData<string> Projects => [.. Directory.GetFiles(Sources.Folder, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Sources.Folder, path))
        .Where(path => !path.StartsWith("artifacts", StringComparison.Ordinal) && !IsCompiledNatively(path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_lock_file_names_the_packages_of_its_project_in_their_versions(string project)
    {
        var named = References("Directory.Build.props").Concat(References(project)).ToDictionary(package => package.Name, package => $"[{package.Version}, )");

        using var json = JsonDocument.Parse(Sources.Read(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")));
        var locked = json.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() == "Direct")
            .ToDictionary(package => package.Name, package => package.Value.GetProperty("requested").GetString()!);

        Assert.True(
            named.OrderBy(pair => pair.Key).SequenceEqual(locked.OrderBy(pair => pair.Key)),
            $"packages.lock.json of {project} is not up to date: run 'dotnet restore Skypunch.sln' and commit what it has written.");
    }

    private static IEnumerable<(string Name, string Version)> References(string project)
        => from package in XDocument.Load(Sources.PathOf(project)).Descendants("PackageReference")
           let name = package.Attribute("Include")!.Value
           select (name, package.Attribute("VersionOverride")?.Value ?? Versions[name]);

    // An ahead-of-time project uses packages of the SDK's own version (Directory.Build.targets).
    private static bool IsCompiledNatively(string project) => XDocument.Load(Sources.PathOf(project)).Descendants("IsAotCompatible").Any();
}

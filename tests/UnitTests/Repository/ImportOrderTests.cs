using System.Text.RegularExpressions;
using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Repository;

/// <summary>
/// The imports of each file are in the order that <c>dotnet format</c> gives them: System first, then by name, then static ones, then aliases. All other rules of style are
/// enforced by the build, which does not look at this order.
/// </summary>
public sealed partial class ImportOrderTests
{
    [Fact]
    public void Imports_are_in_order()
        => Assert.All(Files(), file =>
        {
            var imports = File.ReadLines(file).TakeWhile(line => !Code().IsMatch(line)).Where(line => line.StartsWith("using ", StringComparison.Ordinal)).ToList();

            Assert.True(
                imports.SequenceEqual(imports.Order(Comparer<string>.Create(Compare))),
                $"The imports of {Path.GetRelativePath(Sources.Folder, file)} are not in order: 'dotnet format Skypunch.sln' puts that right.");
        });

    [Theory]
    [InlineData("using System.Text;", "using Grpc.Core;")]
    [InlineData("using System;", "using System.Text;")]
    [InlineData("using Grpc;", "using Skypunch.Scheduler;")]
    [InlineData("using Skypunch.A;", "using Skypunch.A.B;")]
    [InlineData("using a.B;", "using A.C;")]
    [InlineData("using Skypunch.A;", "using static System.Math;")]
    [InlineData("using static System.Math;", "using A = System.Math;")]
    public void One_comes_before_the_other(string one, string other) => Assert.Equal((-1, 1), (Math.Sign(Compare(one, other)), Math.Sign(Compare(other, one))));

    private static IEnumerable<string> Files()
        => from folder in (string[])["bench", "cli", "protos", "services", "tests"]
           from file in Directory.EnumerateFiles(Sources.PathOf(folder), "*.cs", SearchOption.AllDirectories)
           where !file.Contains("/Migrations/", StringComparison.Ordinal) // generated
           select file;

    private static int Compare(string one, string other)
    {
        var (a, b) = (Import().Match(one), Import().Match(other));
        return Kind(a) != Kind(b) ? Kind(a) - Kind(b) : CompareNames(Name(a), Name(b));
    }

    private static int CompareNames(string[] one, string[] other)
    {
        if ((one[0] == "System") != (other[0] == "System"))
        {
            return one[0] == "System" ? -1 : 1;
        }

        var differing = one.Zip(other, StringComparer.OrdinalIgnoreCase.Compare).FirstOrDefault(order => order != 0);
        return differing != 0 ? differing : one.Length - other.Length;
    }

    private static int Kind(Match import) => import.Groups["alias"].Success ? 2 : import.Groups["static"].Success ? 1 : 0;

    private static string[] Name(Match import) => (import.Groups["alias"].Success ? import.Groups["alias"] : import.Groups["name"]).Value.Split('.');

    [GeneratedRegex(@"^using (?<static>static )?((?<alias>\w+) = )?(?<name>[\w.]+)")]
    private static partial Regex Import();

    // What comes after the imports: a namespace, or in a Program.cs a statement.
    [GeneratedRegex(@"^(namespace|using (var|\()|await using|var|\[assembly|#|public|internal)\b")]
    private static partial Regex Code();
}

using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Architecture;

/// <summary>
/// The source code of Skypunch, parsed by the compiler's own parser: what each project names of other namespaces. It is read once for all
/// tests.
/// </summary>
internal static class SourceCode
{
    private const string Protos = "Protos";

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly Lazy<IReadOnlyList<Naming>> Read = new(ReadAll);

    /// <summary>All projects that have sources, except those of the tests.</summary>
    public static IReadOnlyList<SourceProject> Projects { get; } =
    [
        .. from line in Sources.Read("Skypunch.sln").Split('\n')
           where line.StartsWith("Project(", StringComparison.Ordinal) && line.Contains(".csproj\"", StringComparison.Ordinal)
           let path = line.Split('"')[5].Replace('\\', '/')
           where !path.StartsWith("tests/", StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(path) != Protos
           select new SourceProject(path, XDocument.Load(Sources.PathOf(path))),
    ];

    /// <summary>Every place where a namespace names another namespace.</summary>
    public static IReadOnlyList<Naming> Namings => Read.Value;

    private static List<Naming> ReadAll()
    {
        var ours = Projects.ToDictionary(project => project.AssemblyName, project => project.Name, StringComparer.OrdinalIgnoreCase);
        var others = Libraries(ours.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
        ours.Add(typeof(Admin.V1.Target).Assembly.GetName().Name!, Protos);
        var finder = new NamingFinder(assembly => ours.GetValueOrDefault(assembly));
        var code = new Dictionary<string, CSharpCompilation>();
        var found = new List<Naming>();
        foreach (var project in Projects)
        {
            found.AddRange(finder.Of(project.Name, project.RootNamespace, CodeOf(project, code, others)));
        }

        return found;
    }

    private static CSharpCompilation CodeOf(SourceProject project, Dictionary<string, CSharpCompilation> known, IReadOnlyList<MetadataReference> others)
    {
        if (known.TryGetValue(project.Path, out var code))
        {
            return code;
        }

        var below = Below(project).Select(reference => CodeOf(reference, known, others).ToMetadataReference());
        var head = string.Concat(project.GlobalUsings.Select(name => $"global using global::{name};\n"))
            + string.Concat(project.Friends.Select(name => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{name}\")]\n"));
        return known[project.Path] = CSharpCompilation.Create(
            project.AssemblyName,
            [CSharpSyntaxTree.ParseText(head, Language), .. FilesOf(project)],
            [.. others, .. below],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true));
    }

    // A project can also name what its references reference.
    private static IEnumerable<SourceProject> Below(SourceProject project)
        => project.References.SelectMany(path => Projects.Where(other => other.Path == path)).SelectMany(other => Below(other).Append(other)).DistinctBy(other => other.Path);

    // But for what EF Core writes beside each migration: a whole model each time, a fifth of all lines.
    private static IEnumerable<SyntaxTree> FilesOf(SourceProject project)
        => from file in Directory.EnumerateFiles(Sources.PathOf(project.Folder), "*.cs", SearchOption.AllDirectories)
           where !file.EndsWith(".Designer.cs", StringComparison.Ordinal)
           let path = Path.GetRelativePath(Sources.Folder, file)
           orderby path
           select CSharpSyntaxTree.ParseText(File.ReadAllText(file), Language, path);

    // The assemblies that these tests run with: .NET, the packages, and the code generated from the protos.
    private static List<MetadataReference> Libraries(HashSet<string> ours)
        => [.. from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
               where !ours.Contains(Path.GetFileNameWithoutExtension(path)) && path != typeof(SourceCode).Assembly.Location
               select MetadataReference.CreateFromFile(path)];
}

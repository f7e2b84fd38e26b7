using System.Xml.Linq;

namespace Skypunch.UnitTests.Architecture;

/// <summary>A project of Skypunch, as its csproj and its sources describe it.</summary>
/// <param name="Path">The path of the csproj, relative to the repository.</param>
/// <param name="Document">The content of the csproj.</param>
internal sealed record SourceProject(string Path, XDocument Document)
{
    private static readonly string[] Implicit =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] ImplicitOfWeb =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    /// <summary>The name of the project, which is that of the csproj.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public string AssemblyName => Property("AssemblyName") ?? $"Skypunch.{Name}";

    /// <summary>The namespace of types that are in no folder.</summary>
    public string RootNamespace => Property("RootNamespace") ?? $"Skypunch.{Name}";

    /// <summary>The csproj of each project that the code may name.</summary>
    public IEnumerable<string> References => Items("ProjectReference")
        .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
        .Select(reference => System.IO.Path.GetRelativePath(".", System.IO.Path.Combine(Folder, (string)reference.Attribute("Include")!)));

    /// <summary>The assemblies that may use internal types.</summary>
    public IEnumerable<string> Friends => Items("InternalsVisibleTo").Select(friend => (string)friend.Attribute("Include")!);

    /// <summary>The namespaces that every file of the project imports.</summary>
    public IEnumerable<string> GlobalUsings =>
        [.. Implicit, .. (string?)Document.Root!.Attribute("Sdk") == "Microsoft.NET.Sdk.Web" ? ImplicitOfWeb : [], .. Items("Using").Select(item => (string)item.Attribute("Include")!)];

    private IEnumerable<XElement> Items(string name) => Document.Descendants(name);

    private string? Property(string name) => Document.Descendants(name).FirstOrDefault()?.Value;
}

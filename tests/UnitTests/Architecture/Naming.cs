namespace Skypunch.UnitTests.Architecture;

/// <summary>A place where code names a type of another namespace, or a member of such a type.</summary>
/// <param name="Project">The project of the code.</param>
/// <param name="From">The namespace of the code.</param>
/// <param name="To">The namespace of the type.</param>
/// <param name="ToProject">The project of the type.</param>
/// <param name="File">The path of the file, relative to the repository.</param>
/// <param name="Line">The line number, from 1.</param>
/// <param name="Type">The name of the type.</param>
internal sealed record Naming(string Project, string From, string To, string ToProject, string File, int Line, string Type);

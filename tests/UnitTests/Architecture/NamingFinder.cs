using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Skypunch.UnitTests.Architecture;

/// <summary>
/// Finds the types that the code of a project names, directly or by their members, and also in constants, nameof and attributes.
/// Documentation comments and using directives do not count, nor does a type that only the compiler infers (var).
/// </summary>
/// <param name="projectOf">Returns the project of an assembly; null if the assembly is not part of Skypunch.</param>
internal sealed class NamingFinder(Func<string, string?> projectOf)
{
    /// <summary>Everything in other namespaces of Skypunch that a project's code names.</summary>
    /// <param name="project">The name of the project.</param>
    /// <param name="root">The namespace that counts for code without one: the statements of Program.cs.</param>
    /// <param name="code">The code of the project.</param>
    public IEnumerable<Naming> Of(string project, string root, CSharpCompilation code)
        => code.SyntaxTrees.SelectMany(tree => Of(project, root, code.GetSemanticModel(tree)));

    private IEnumerable<Naming> Of(string project, string root, SemanticModel model)
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax { StaticKeyword.RawKind: 0, Alias: null }))
        {
            if (TypeOf(node, model) is not { ContainingNamespace: { IsGlobalNamespace: false } space, ContainingAssembly: { } assembly } type || projectOf(assembly.Name) is not { } owner)
            {
                continue;
            }

            var (from, to) = (NamespaceOf(node) ?? root, space.ToDisplayString());
            if (from != to)
            {
                var line = model.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                yield return new Naming(project, from, to, owner, model.SyntaxTree.FilePath, line, type.Name);
            }
        }
    }

    private static INamedTypeSymbol? TypeOf(SyntaxNode node, SemanticModel model)
    {
        if (node is not (SimpleNameSyntax { IsVar: false } or ImplicitObjectCreationExpressionSyntax))
        {
            return null;
        }

        var found = model.GetSymbolInfo(node);
        return (found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) switch
        {
            INamedTypeSymbol type => type,
            IAliasSymbol { Target: INamedTypeSymbol type } => type,
            IMethodSymbol method => (method.ReducedFrom ?? method).ContainingType,
            IPropertySymbol or IFieldSymbol or IEventSymbol => (found.Symbol ?? found.CandidateSymbols[0]).ContainingType,
            _ => null,
        };
    }

    private static string? NamespaceOf(SyntaxNode node)
        => (node.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()
            ?? node.SyntaxTree.GetCompilationUnitRoot().Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault())?.Name.ToString();
}

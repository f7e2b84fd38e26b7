using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Skypunch.UnitTests.Architecture;

/// <summary>What the tests of the layers find in code, and what they ignore.</summary>
public sealed class NamingFinderTests
{
    private const string Lower =
        """
        namespace Ours.Lower;

        public static class Words
        {
            public const string Hello = "hello";
            public static int LengthOf(this string text) => text.Length;
        }

        public class Thing
        {
            public Thing Next => this;
            public System.Collections.Generic.List<Thing> All() => new();
        }

        public class TagAttribute : System.Attribute;

        public static class Maker
        {
            public static T Make<T>() where T : new() => new();
        }
        """;

    [Theory]
    [InlineData("class A { const string Text = Words.Hello; }", "Words")]
    [InlineData("class A { string Text => nameof(Words); }", "Words")]
    [InlineData("class A { string Text => nameof(Lower.Words.Hello); }", "Words")]
    [InlineData("[Tag] class A;", "TagAttribute")]
    [InlineData("class A { int Length => \"x\".LengthOf(); }", "Words")]
    [InlineData("class A : Thing;", "Thing")]
    [InlineData("class A { Thing[] All = []; }", "Thing")]
    [InlineData("class A { void B(System.Func<Thing, string> c) { } }", "Thing")]
    [InlineData("class A { void B(object c) { if (c is Thing { Next: null }) { } } }", "Thing")]
    [InlineData("class A { void B() => System.Console.WriteLine(Other.C.D.Next); }", "Thing")]
    [InlineData("class A { object B() { var c = Other.C.D; return c; } }", null)]
    [InlineData("class A { object B() => Maker.Make<string[]>(); }", "Maker")]
    [InlineData("/// <summary><see cref=\"Thing\"/></summary>\nclass A;", null)]
    [InlineData("class A { string Text = \"Thing\"; } // Thing", null)]
    [InlineData("class A { int Words = 1; int B() => Words; }", null)]
    public void Each_way_to_name_a_type_is_found(string code, string? type)
    {
        var upper = Parse($"using Ours.Lower;\nnamespace Ours.Upper;\n{code}", "Upper.cs");
        var other = Parse("namespace Ours.Upper.Other; class C { public static Ours.Lower.Thing D = null; }", "Other.cs");
        var all = CSharpCompilation.Create("Ours", [Parse(Lower, "Lower.cs"), upper, other], Libraries(), new(OutputKind.DynamicallyLinkedLibrary));

        var found = Finder.Of("Ours", "Ours", all).Where(naming => naming is { From: "Ours.Upper", To: "Ours.Lower" }).ToList();

        Assert.Equal(type is null ? [] : [type], found.Select(naming => naming.Type).Distinct());
        Assert.All(found, naming => Assert.Equal(("Upper.cs", 3), (naming.File, naming.Line)));
    }

    [Fact]
    public void Statements_without_a_namespace_belong_to_the_root_namespace()
    {
        var all = CSharpCompilation.Create("Ours", [Parse(Lower, "Lower.cs"), Parse("System.Console.WriteLine(Ours.Lower.Words.Hello);", "Program.cs")], Libraries());

        Assert.Equal(("Ours", "Ours.Lower"), Assert.Single(Finder.Of("Ours", "Ours", all).Select(naming => (naming.From, naming.To)).Distinct()));
    }

    [Fact]
    public void Types_of_other_libraries_are_ignored()
    {
        var all = CSharpCompilation.Create("Ours", [Parse(Lower, "Lower.cs"), Parse("namespace Ours.Upper; class A : Ours.Lower.Thing;", "Upper.cs")], Libraries());

        Assert.Empty(new NamingFinder(_ => null).Of("Ours", "Ours", all));
    }

    private static NamingFinder Finder { get; } = new(assembly => assembly == "Ours" ? "Ours" : null);

    private static SyntaxTree Parse(string code, string path) => CSharpSyntaxTree.ParseText(code, path: path);

    private static MetadataReference[] Libraries()
        => [MetadataReference.CreateFromFile(typeof(object).Assembly.Location), MetadataReference.CreateFromFile(typeof(Console).Assembly.Location)];
}

namespace Skypunch.UnitTests.Architecture;

/// <summary>
/// Checks the layers of docs/architecture.md: no namespaces form a circle, no service names another one, and each project names only what
/// it may. The tests read the source code itself. Decision 27 gives the reasons.
/// </summary>
public sealed class LayersTests
{
    // Projects whose namespaces still form a circle. Whoever breaks such a circle removes its line. The list must become empty, and nothing
    // may be added.
    private static readonly string[] InCircles = [];

    // Which other namespaces of Skypunch the code of a namespace, and of those below it, may name. The longest matching key counts.
    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Skypunch.Contracts"] = [],
        ["Skypunch.Contracts.Texts"] = [], // code that uses the texts, such as the command line, need not know the messages
        ["Skypunch.Contracts.Filters"] = ["Skypunch.Contracts.Texts"],
        ["Skypunch.ServiceDefaults"] = [],
        ["Skypunch.DatabaseDefaults"] = ["Skypunch.ServiceDefaults"],
        ["Skypunch.Scheduler"] = ["Skypunch.Admin.V1", "Skypunch.Contracts", "Skypunch.DatabaseDefaults", "Skypunch.ServiceDefaults"],
        ["Skypunch.Prober"] = ["Skypunch.Contracts", "Skypunch.ServiceDefaults"],
        ["Skypunch.Notifier"] = ["Skypunch.Admin.V1", "Skypunch.Contracts", "Skypunch.DatabaseDefaults", "Skypunch.ServiceDefaults"],
        ["Skypunch.ConfigFile"] = ["Skypunch.Admin.V1", "Skypunch.Contracts.Texts"],
        ["Skypunch.Cli"] = ["Skypunch.Admin.V1", "Skypunch.ConfigFile", "Skypunch.Contracts.Filters", "Skypunch.Contracts.Texts"],
        ["Skypunch.Web"] = ["Skypunch.Admin.V1", "Skypunch.ConfigFile", "Skypunch.Contracts.Filters", "Skypunch.Contracts.Texts", "Skypunch.ServiceDefaults"],
        ["Skypunch.Standalone"] =
        [
            "Skypunch.Admin.V1", "Skypunch.ConfigFile", "Skypunch.Contracts", "Skypunch.DatabaseDefaults", "Skypunch.Notifier", "Skypunch.Prober", "Skypunch.Scheduler",
            "Skypunch.ServiceDefaults", "Skypunch.Web",
        ],
        ["Skypunch.Bench"] =
            ["Skypunch.Admin.V1", "Skypunch.Contracts", "Skypunch.DatabaseDefaults", "Skypunch.Prober", "Skypunch.Scheduler", "Skypunch.ServiceDefaults"],
    };

    public static TheoryData<string> Projects => [.. SourceCode.Projects.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_namespace_is_in_a_circle(string project)
    {
        var namings = SourceCode.Namings.Where(naming => naming.Project == project && naming.ToProject == project).ToList();
        var circles = Circles.Of(namings.Select(naming => (naming.From, naming.To)));

        if (InCircles.Contains(project))
        {
            Assert.True(circles.Count > 0, $"{project} has no circle any more: take it away from {nameof(InCircles)}.");
            return;
        }

        Assert.True(circles.Count == 0, string.Join("\n\n", circles.Select(circle => CircleWords.Of(circle, namings))));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_what_it_may(string project)
    {
        Assert.All(SourceCode.Namings.Where(naming => naming.Project == project), naming => Assert.True(
            MayBeNamed(naming),
            $"{naming.File}, line {naming.Line}: {naming.From} may not name {naming.Type} of {naming.To}. "
            + $"What it may name stands in {nameof(LayersTests)}.{nameof(MayName)}; docs/architecture.md tells which project is for what."));
    }

    [Fact]
    public void No_project_is_in_a_circle()
        => Assert.Empty(Circles.Of(SourceCode.Namings.Select(naming => (naming.Project, naming.ToProject)).Where(arrow => arrow.Project != arrow.ToProject)));

    [Fact]
    public void A_namespace_is_in_one_project()
    {
        var homes = SourceCode.Namings.Select(naming => (naming.From, naming.Project)).Concat(SourceCode.Namings.Select(naming => (naming.To, naming.ToProject))).ToLookup(home => home.Item1, home => home.Item2);

        Assert.All(homes, home => Assert.Single(home.Distinct()));
    }

    private static bool MayBeNamed(Naming naming)
    {
        var room = MayName.Keys.Where(key => IsIn(naming.From, key)).MaxBy(key => key.Length);
        Assert.True(room is not null, $"{naming.From} has no line in {nameof(MayName)}.");
        return MayName[room].Append(room).Any(name => IsIn(naming.To, name));
    }

    private static bool IsIn(string space, string room) => space == room || space.StartsWith($"{room}.", StringComparison.Ordinal);
}

using System.Text;

namespace Skypunch.UnitTests.Architecture;

/// <summary>
/// Describes a circle of namespaces: each arrow with the files that cause it, those with the fewest places first, and how to break the
/// circle. Pure.
/// </summary>
internal static class CircleWords
{
    private const string Remedy =
        """
        An arrow points to what is named. Turn the arrows with the fewest places first:
        - Move the type that both sides need into a lower namespace, a folder of its own; or to the side that uses it most, where the other side need not name it.
        - What a parent namespace holds its children may not name: options and exceptions move to a namespace below.
        - A member that needs the upper side belongs to the upper side, as a method of a type there.
        docs/decisions/0027-layers-without-circles.md says why.
        """;

    /// <summary>Describes a circle.</summary>
    /// <param name="circle">The namespaces of the circle.</param>
    /// <param name="namings">Everything that the namespaces name.</param>
    public static string Of(IReadOnlyList<string> circle, IEnumerable<Naming> namings)
    {
        var text = new StringBuilder("These namespaces name each other in a circle: ").AppendJoin(", ", circle).Append('\n');
        foreach (var arrow in namings.Where(naming => circle.Contains(naming.From) && circle.Contains(naming.To)).GroupBy(naming => (naming.From, naming.To)).OrderBy(Places))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{arrow.Key.From} -> {arrow.Key.To}: {Places(arrow)} {(Places(arrow) == 1 ? "place" : "places")}\n");
            foreach (var file in arrow.GroupBy(naming => naming.File))
            {
                text.Append("  ").Append(file.Key).Append(": ").AppendJoin(", ", file.DistinctBy(naming => naming.Type).Select(naming => $"{naming.Type} (line {naming.Line})")).Append('\n');
            }
        }

        return text.Append('\n').Append(Remedy).ToString();
    }

    // A type that a file names several times counts as one place, as its using directive would.
    private static int Places(IEnumerable<Naming> arrow) => arrow.DistinctBy(naming => (naming.File, naming.Type)).Count();
}

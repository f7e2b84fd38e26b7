using Skypunch.Contracts.Texts;

namespace Skypunch.Contracts.Filters;

/// <summary>
/// Which targets are meant: what <see cref="FilterText"/> has read of an expression, as a small tree. It has two values: a fact that is
/// missing makes a comparison false, and <see cref="Negated"/> of it true. Pure.
/// </summary>
public abstract record Filter
{
    private protected Filter()
    {
    }

    /// <summary>Whether the facts fulfil it.</summary>
    public abstract bool Holds(FilterFacts facts);
}

/// <summary>All parts hold.</summary>
/// <param name="Parts">Two or more.</param>
public sealed record AllOf(IReadOnlyList<Filter> Parts) : Filter
{
    public override bool Holds(FilterFacts facts) => Parts.All(part => part.Holds(facts));
}

/// <summary>One part holds, or several do.</summary>
/// <param name="Parts">Two or more.</param>
public sealed record AnyOf(IReadOnlyList<Filter> Parts) : Filter
{
    public override bool Holds(FilterFacts facts) => Parts.Any(part => part.Holds(facts));
}

/// <summary>The part does not hold.</summary>
/// <param name="Part">The part.</param>
public sealed record Negated(Filter Part) : Filter
{
    public override bool Holds(FilterFacts facts) => !Part.Holds(facts);
}

/// <summary>A text is this one, letter by letter.</summary>
/// <param name="Field">Whose text.</param>
/// <param name="Value">The text.</param>
public sealed record TextIs(TextField Field, string Value) : Filter
{
    public override bool Holds(FilterFacts facts) => facts.TextOf(Field) == Value;
}

/// <summary>A text contains this one, in upper or lower case.</summary>
/// <param name="Field">Whose text.</param>
/// <param name="Folded">The text, by <see cref="FoldedText"/>.</param>
public sealed record TextHas(TextField Field, string Folded) : Filter
{
    public override bool Holds(FilterFacts facts) => FoldedText.Of(facts.TextOf(Field)).Contains(Folded, StringComparison.Ordinal);
}

/// <summary>A number compares so with another.</summary>
/// <param name="Field">Whose number.</param>
/// <param name="Sign">How.</param>
/// <param name="Number">The other number, 0 or more.</param>
public sealed record NumberIs(NumberField Field, Comparison Sign, long Number) : Filter
{
    public override bool Holds(FilterFacts facts) => Sign.Holds(facts.NumberOf(Field).CompareTo(Number));
}

/// <summary>The target is probed.</summary>
public sealed record IsEnabled : Filter
{
    public override bool Holds(FilterFacts facts) => facts.Enabled;
}

/// <summary>The group is this one, or lies within it at any depth.</summary>
/// <param name="Group">The path of the group.</param>
public sealed record IsWithin(string Group) : Filter
{
    public override bool Holds(FilterFacts facts) => facts.Group == Group || facts.Group.StartsWith($"{Group}/", StringComparison.Ordinal);
}

/// <summary>There is a label of this key.</summary>
/// <param name="Key">The key.</param>
public sealed record HasLabel(string Key) : Filter
{
    public override bool Holds(FilterFacts facts) => facts.Labels.ContainsKey(Key);
}

/// <summary>There is a label of this key, and its value is this one, letter by letter.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record LabelIs(string Key, string Value) : Filter
{
    public override bool Holds(FilterFacts facts) => facts.Labels.TryGetValue(Key, out var value) && value == Value;
}

/// <summary>There is a label of this key, and its value contains this text, in upper or lower case.</summary>
/// <param name="Key">The key.</param>
/// <param name="Folded">The text, by <see cref="FoldedText"/>.</param>
public sealed record LabelHas(string Key, string Folded) : Filter
{
    public override bool Holds(FilterFacts facts)
        => facts.Labels.TryGetValue(Key, out var value) && FoldedText.Of(value).Contains(Folded, StringComparison.Ordinal);
}

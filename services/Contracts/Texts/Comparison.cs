namespace Skypunch.Contracts.Texts;

/// <summary>How a value is compared with what the operator has written.</summary>
public enum Comparison
{
    /// <summary>==</summary>
    Equal,

    /// <summary>!=</summary>
    NotEqual,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&gt;</summary>
    Greater,
}

/// <summary>The signs of comparisons, and what they mean. Pure.</summary>
public static class Comparisons
{
    /// <summary>
    /// All signs, in the order of <see cref="Comparison"/>. No sign is the begin of a later one, so the first that fits is the right one.
    /// </summary>
    internal static readonly string[] Signs = ["==", "!=", "<=", ">=", "<", ">"];

    /// <summary>The sign of a comparison.</summary>
    public static string Sign(this Comparison comparison) => Signs[(int)comparison];

    /// <summary>Whether a comparison holds.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="order">
    /// Less than 0 where the value is less than the operator's, 0 where they are equal, more than 0 where it is greater.
    /// </param>
    public static bool Holds(this Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.GreaterOrEqual => order >= 0,
        Comparison.Less => order < 0,
        _ => order > 0,
    };
}

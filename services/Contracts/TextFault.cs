namespace Skypunch.Contracts;

/// <summary>What is wrong at a place of a text.</summary>
/// <param name="At">The place, from 0.</param>
/// <param name="Words">What must stand there, or what does not belong there, as the end of a sentence that begins with the column.</param>
internal sealed record TextFault(int At, string Words)
{
    /// <summary>Columns count from 1, as in an editor.</summary>
    public override string ToString() => FormattableString.Invariant($"at column {At + 1} {Words}");
}

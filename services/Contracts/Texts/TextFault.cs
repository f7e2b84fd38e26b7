namespace Skypunch.Contracts.Texts;

/// <summary>What is wrong at a position in a text.</summary>
/// <param name="At">The position, counted from 0.</param>
/// <param name="Words">What must be written there, or what is wrong there, as the end of a sentence that begins with the column.</param>
internal sealed record TextFault(int At, string Words)
{
    /// <summary>The sentence. Its column is counted from 1, as in an editor.</summary>
    public override string ToString() => FormattableString.Invariant($"at column {At + 1} {Words}");
}

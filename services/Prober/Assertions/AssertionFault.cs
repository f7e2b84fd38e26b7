using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Prober.Assertions;

/// <summary>Why an assertion does not hold.</summary>
/// <param name="Words">What was found instead.</param>
/// <param name="Advice">What the operator can do; null where there is nothing to say.</param>
internal sealed record AssertionFault(string Words, string? Advice = null)
{
    [return: NotNullIfNotNull(nameof(words))]
    public static implicit operator AssertionFault?(string? words) => words is null ? null : new(words);
}

using System.Text.RegularExpressions;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// The regular expressions of assertions. Operators write the expressions, and targets the texts that they are matched with, so neither is
/// trusted.
/// </summary>
public static class AssertionPattern
{
    /// <summary>
    /// How long one match may take: a pattern with backtracking can take practically for ever (see "backtracking" in the documentation of
    /// <see cref="Regex"/>).
    /// </summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Makes the regular expression, without backtracking where that is possible: then a match takes linear time. A few constructs, such as
    /// lookaheads, need backtracking.
    /// </summary>
    /// <exception cref="RegexParseException">The pattern is not a valid regular expression.</exception>
    internal static Regex Of(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
        }
    }
}

using System.Text.RegularExpressions;

namespace Skypunch.Contracts;

/// <summary>The regular expressions of assertions. Operators write them, and targets what they are matched with.</summary>
public static class AssertionPattern
{
    /// <summary>How long one match may take: a pattern can go back and forth for ever (docs of <see cref="Regex"/>, "backtracking").</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Without backtracking a pattern is matched in linear time; a few constructs, such as lookaheads, cannot do without.</summary>
    /// <exception cref="RegexParseException">It is no regular expression.</exception>
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

namespace Skypunch.ConfigFile.Values;

/// <summary>Guesses which word was meant where an unknown word was written.</summary>
internal static class NearestWord
{
    /// <summary>The remedy: the word that was meant, or all words there are.</summary>
    public static string Hint(string word, IReadOnlyList<string> known)
        => Find(word, known) is { } nearest ? $"did you mean {nearest}?" : $"known are {string.Join(", ", known)}";

    /// <summary>The nearest word, where it is near: one change in three letters, upper case and hyphens aside.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        var plain = Plain(word);
        return known
            .Select(candidate => (candidate, distance: Distance(plain, Plain(candidate))))
            .Where(c => c.distance * 3 <= c.candidate.Length)
            .OrderBy(c => c.distance)
            .Select(c => c.candidate)
            .FirstOrDefault();
    }

    private static string Plain(string word) => word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    // The Damerau-Levenshtein distance (optimal string alignment): letters added, dropped, replaced, or two neighbours swapped.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}

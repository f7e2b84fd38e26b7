namespace Skypunch.UnitTests;

/// <summary>How many of its cases a test tries: all of them in a run of everything, some of them in a fast run. Each row of a table has others, so that all are tried with some row.</summary>
internal static class Share
{
    private static readonly bool IsAll = Environment.GetEnvironmentVariable("SKYPUNCH_TEST_ALL") is { Length: > 0 };

    /// <summary>The cases to be tried.</summary>
    /// <param name="cases">All of them.</param>
    /// <param name="few">How many a fast run tries.</param>
    /// <param name="row">The number of the row.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> cases, int few, int row)
        => IsAll ? cases : [.. Enumerable.Range(row * few, few).Select(number => cases[number % cases.Count])];
}

namespace Skypunch.Notifier.Deliveries;

/// <summary>When a delivery that failed is tried again: soon at first, as most faults pass, then every quarter of an hour. Pure.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(15),
    ];

    /// <summary>The first pause; also how long a server that does not answer is left alone.</summary>
    public static TimeSpan Shortest => Pauses[0];

    /// <summary>How many pauses there are until they grow no more.</summary>
    public static int Steps => Pauses.Length;

    /// <summary>The pause after so many failures, at least one.</summary>
    public static TimeSpan PauseAfter(int failures) => Pauses[Math.Clamp(failures, 1, Pauses.Length) - 1];

    /// <summary>The instant of the next attempt; null: it has been tried for too long, and is given up.</summary>
    /// <param name="failures">How many attempts have failed, at least one.</param>
    /// <param name="createdAt">When the delivery was created.</param>
    /// <param name="giveUpAfter">For how long from then on it is tried.</param>
    /// <param name="now">When the last attempt failed.</param>
    public static DateTimeOffset? Next(int failures, DateTimeOffset createdAt, TimeSpan giveUpAfter, DateTimeOffset now)
        => now - createdAt >= giveUpAfter ? null : now + PauseAfter(failures);
}

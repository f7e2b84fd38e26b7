namespace Skypunch.Notifier.Model;

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

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    /// <summary>The first pause; also how long a server that does not answer is left alone.</summary>
    public static TimeSpan Shortest => Pauses[0];

    /// <summary>The longest pause that a receiver may ask for. A receiver that says "tomorrow" is tried earlier.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>After how many failures the pauses grow no more.</summary>
    public static int Steps => Pauses.Length;

    /// <summary>The pause after a number of failures, at least one.</summary>
    public static TimeSpan PauseAfter(int failures) => Pauses[Math.Clamp(failures, 1, Pauses.Length) - 1];

    /// <summary>The instant of the next attempt; null: it has been tried for too long, and is given up.</summary>
    /// <param name="failures">How many attempts have failed, at least one.</param>
    /// <param name="createdAt">When the delivery was created.</param>
    /// <param name="giveUpAfter">For how long from then on it is tried.</param>
    /// <param name="now">When the last attempt failed.</param>
    /// <param name="asked">After how long the receiver wants to be asked again; null: it does not say.</param>
    public static DateTimeOffset? Next(int failures, DateTimeOffset createdAt, TimeSpan giveUpAfter, DateTimeOffset now, TimeSpan? asked = null)
        => now - createdAt >= giveUpAfter ? null : now + Longer(PauseAfter(failures), asked is { } time ? Shorter(time, LongestAsked) : TimeSpan.Zero);

    /// <summary>
    /// For how long a receiver that fails is left alone: as long as it asks, but at most a minute, so that an edit of its notifier takes
    /// effect soon.
    /// </summary>
    /// <param name="asked">After how long the receiver wants to be asked again; null: it does not say.</param>
    public static TimeSpan RestFor(TimeSpan? asked) => asked is { } time ? Longer(Shortest, Shorter(time, LongestRest)) : Shortest;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

namespace Skypunch.Scheduler.Access;

/// <summary>How long sessions and codes are valid. Pure.</summary>
internal static class SessionLife
{
    /// <summary>How long a code is valid: the time that a browser takes to open a link.</summary>
    public static readonly TimeSpan OfCode = TimeSpan.FromMinutes(1);

    /// <summary>How exactly the last use is known. A write for each page that is looked at would be too many.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Unused = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>When a session ends that is used now and no more.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset createdAt, DateTimeOffset now)
        => now + Unused < createdAt + Longest ? now + Unused : createdAt + Longest;
}

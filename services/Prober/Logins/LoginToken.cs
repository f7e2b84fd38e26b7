namespace Skypunch.Prober.Logins;

/// <summary>A token that a login has brought, in this process's memory only. Not a record: its text must not show it.</summary>
internal class LoginToken(string value, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(120);

    // One that has ended when it comes tells of clocks that differ; to take it at its word would be a login per probe.
    private static readonly TimeSpan LeastUse = TimeSpan.FromMinutes(1);

    /// <summary>What goes out in a header.</summary>
    public string Value { get; } = value;

    /// <summary>When we got it.</summary>
    public DateTimeOffset IssuedAt { get; } = issuedAt;

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>
    /// Whether it lasts long enough to be used; one that never lasted long is used for half of its life, but for a minute at least.
    /// </summary>
    public bool IsFresh(DateTimeOffset now)
    {
        var life = ExpiresAt - IssuedAt;
        var use = life / 2 < RenewBefore ? life / 2 : life - RenewBefore;
        return now - IssuedAt < (use > LeastUse ? use : LeastUse);
    }
}

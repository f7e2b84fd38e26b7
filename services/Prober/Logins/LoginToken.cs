namespace Skypunch.Prober.Logins;

/// <summary>A token that a login has given, in this process's memory only. Not a record: its text would show the token.</summary>
internal class LoginToken(string value, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(120);

    // A token that has ended when it comes shows that two clocks differ. To believe its end would make a login for each probe.
    private static readonly TimeSpan LeastUse = TimeSpan.FromMinutes(1);

    /// <summary>The token as it is sent in a header.</summary>
    public string Value { get; } = value;

    /// <summary>When the token came.</summary>
    public DateTimeOffset IssuedAt { get; } = issuedAt;

    /// <summary>When the token ends.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>
    /// Whether the token is used: until two minutes before its end. A token with a short life is used for half of it, but for a minute at
    /// least.
    /// </summary>
    public bool IsFresh(DateTimeOffset now)
    {
        var life = ExpiresAt - IssuedAt;
        var use = life / 2 < RenewBefore ? life / 2 : life - RenewBefore;
        return now - IssuedAt < (use > LeastUse ? use : LeastUse);
    }
}

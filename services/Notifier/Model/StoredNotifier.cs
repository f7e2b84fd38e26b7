namespace Skypunch.Notifier.Model;

/// <summary>
/// A row of <c>notifiers</c>, with the columns of 2013. A row edited by hand in SQL may hold anything in its type, address and parameters.
/// </summary>
internal sealed class StoredNotifier
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 256;

    /// <summary>The most characters of an address.</summary>
    public const int LongestAddress = 1000;

    /// <summary>The most characters of the parameters before they are sealed.</summary>
    public const int LongestParams = 16_000;

    /// <summary>The type that a notifier has where none is given.</summary>
    public const string Smtp = "SMTP";

    public long Id { get; init; }

    public required string Name { get; set; }

    public string Type { get; set; } = Smtp;

    public required string Address { get; set; }

    /// <summary>
    /// The text of the type's parameters, sealed; not yet sealed where it was written by hand in SQL and has not been used; null where
    /// there is none.
    /// </summary>
    public string? Params { get; set; }

    public bool Enabled { get; set; } = true;

    /// <summary>Which changes it is told of: a filter (<see cref="Match"/>); null or blank: all.</summary>
    public string? MatchText { get; set; }

    /// <summary>When it is told: <see cref="WorkingHours"/>; null or blank: at any time.</summary>
    public string? Hours { get; set; }

    /// <summary>Messages that were delivered.</summary>
    public long PassCount { get; init; }

    /// <summary>Attempts to deliver that failed.</summary>
    public long FailCount { get; init; }
}

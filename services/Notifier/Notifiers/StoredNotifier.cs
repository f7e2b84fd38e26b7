namespace Skypunch.Notifier.Notifiers;

/// <summary>A row of <c>notifiers</c>, with the columns of 2013. A row written by hand may hold anything in its type, address and parameters.</summary>
internal sealed class StoredNotifier
{
    /// <summary>The one type there is.</summary>
    public const string Smtp = "SMTP";

    public long Id { get; init; }

    public required string Name { get; set; }

    public string Type { get; set; } = Smtp;

    public required string Address { get; set; }

    /// <summary>The text of the type's parameters, sealed; plain where a hand wrote it and it has not been used yet; null where there is none.</summary>
    public string? Params { get; set; }

    public bool Enabled { get; set; } = true;

    /// <summary>Messages that were delivered.</summary>
    public long PassCount { get; init; }

    /// <summary>Attempts to deliver that failed.</summary>
    public long FailCount { get; init; }
}

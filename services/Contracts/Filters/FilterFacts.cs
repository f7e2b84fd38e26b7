using System.Collections.Frozen;

namespace Skypunch.Contracts.Filters;

/// <summary>What a filter may ask of a target.</summary>
public sealed record FilterFacts
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string Url { get; init; }

    public string Description { get; init; } = "";

    public string Method { get; init; } = "";

    public string Authn { get; init; } = "";

    /// <summary>NEW, PASS or FAIL.</summary>
    public string Status { get; init; } = "";

    /// <summary>The stable reason code of the last result.</summary>
    public string Reason { get; init; } = "";

    public bool Enabled { get; init; } = true;

    /// <summary>The path of the group; empty: it is in none.</summary>
    public string Group { get; init; } = "";

    /// <summary>The time between two probes, in seconds.</summary>
    public long Frequency { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;

    internal string TextOf(TextField field) => field switch
    {
        TextField.Name => Name,
        TextField.Url => Url,
        TextField.Description => Description,
        TextField.Method => Method,
        TextField.Authn => Authn,
        TextField.Status => Status,
        TextField.Reason => Reason,
        _ => Group,
    };

    internal long NumberOf(NumberField field) => field is NumberField.Id ? Id : Frequency;
}

/// <summary>The facts that are texts.</summary>
public enum TextField
{
    Name,
    Url,
    Description,
    Method,
    Authn,
    Status,
    Reason,
    Group,
}

/// <summary>The facts that are numbers.</summary>
public enum NumberField
{
    Id,

    /// <summary>In seconds.</summary>
    Frequency,
}

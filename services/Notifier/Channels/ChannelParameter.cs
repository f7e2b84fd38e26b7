namespace Skypunch.Notifier.Channels;

/// <summary>The kind of a parameter's value.</summary>
internal enum ParameterKind
{
    /// <summary>A text on one line.</summary>
    Text,

    /// <summary>A text of several lines.</summary>
    Lines,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>yes or no.</summary>
    YesNo,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A URL.</summary>
    Url,
}

/// <summary>One parameter of a channel. The check, the admin API and the command line all have the parameters from here.</summary>
/// <param name="Name">Its key, in lower case.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Value">The placeholder for the value in texts for users: <c>HOST</c>.</param>
/// <param name="Help">What the parameter is for, in one or two sentences.</param>
internal sealed record ChannelParameter(string Name, ParameterKind Kind, string Value, string Help)
{
    /// <summary>Whether each notifier of the type must have the parameter.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the value is a secret, which is shown to nobody.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What is used where the parameter is not given, in words; empty: nothing.</summary>
    public string Default { get; init; } = "";

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The largest number; the smallest is 1.</summary>
    public int Most { get; init; } = int.MaxValue;
}

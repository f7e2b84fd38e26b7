namespace Skypunch.Web.Forms;

/// <summary>How a field of a form is filled in.</summary>
public enum FormKind
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>Several lines.</summary>
    Lines,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A line that nobody reads over a shoulder, and that is never shown again.</summary>
    Secret,

    /// <summary>Several lines that are never shown again.</summary>
    SecretLines,
}

/// <summary>A field of a form with what is in it.</summary>
/// <param name="Name">Its name in the form.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="Value">What is in it; of a flag "true" or "false". Empty for a secret.</param>
public sealed record FormField(string Name, string Label, FormKind Kind, string Value)
{
    /// <summary>What is said below it; empty: nothing.</summary>
    public string Help { get; init; } = "";

    /// <summary>What is wrong with it; empty: nothing.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Of a choice: the words, the first one for "as it is by default".</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What stands there while it is empty.</summary>
    public string Placeholder { get; init; } = "";

    /// <summary>Whether something must be in it.</summary>
    public bool IsRequired { get; init; }
}

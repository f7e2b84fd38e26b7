namespace Skypunch.Cli.Faults;

/// <summary>What a call is about, so that an error names it in the words of the command line.</summary>
internal sealed class CallSubject
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    /// <summary>"target", "notifier" or the like; empty where the call is about none.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The command that lists all of the kind.</summary>
    public string? Lists { get => field ?? $"{Kind}s"; set; }

    /// <summary>The id that the user gave, or that belongs to the name that the user gave.</summary>
    public long? Id { get; set; }

    /// <summary>Says which option or argument gives a field of the request, such as "--expect" for "pass_result".</summary>
    public void Name(string field, string option) => _options[field] = option;

    /// <summary>
    /// The option or argument that gives a field, whose path may begin with the resource and go deeper: "target.authn_params.user".
    /// </summary>
    public string? OptionOf(string path)
    {
        var parts = path.Split('.', '[');
        if (parts.Length > 1 && parts[0] == Kind)
        {
            parts = parts[1..];
        }

        var deeper = parts.Length > 1 ? _options.GetValueOrDefault($"{parts[0]}.{parts[1]}") : null;
        return deeper ?? _options.GetValueOrDefault(parts[0]);
    }
}

using Skypunch.Admin.V1;

namespace Skypunch.Cli.Notifiers;

/// <summary>A type of notifiers for programs.</summary>
internal sealed record NotifierTypeJson(string Name, string Summary, NotifierParameterJson? Address, NotifierParameterJson[] Parameters)
{
    public static NotifierTypeJson Of(NotifierType type) => new(
        type.Name,
        type.Summary,
        type.Address is { } address ? NotifierParameterJson.Of(address) : null,
        [.. type.Parameters.Select(NotifierParameterJson.Of)]);
}

/// <summary>A parameter for programs.</summary>
internal sealed record NotifierParameterJson(
    string Name,
    string Kind,
    bool Required,
    bool Secret,
    string Help,
    string? Default,
    string[] Choices)
{
    public static NotifierParameterJson Of(NotifierParameter parameter) => new(
        parameter.Name,
        KindOf(parameter.Kind),
        parameter.Required,
        parameter.Secret,
        parameter.Help,
        parameter.Default.Length > 0 ? parameter.Default : null,
        [.. parameter.Choices]);

    // A kind that only a newer server knows is shown as a text.
    private static string KindOf(NotifierParameterKind kind) => kind switch
    {
        NotifierParameterKind.Lines => "lines",
        NotifierParameterKind.Number => "number",
        NotifierParameterKind.YesNo => "yes_no",
        NotifierParameterKind.Choice => "choice",
        NotifierParameterKind.Url => "url",
        _ => "text",
    };
}

namespace Skypunch.Cli.Faults;

/// <summary>One thing that is wrong.</summary>
/// <param name="Text">In words, with what to do.</param>
/// <param name="Field">The field of the request that is at fault, where one is.</param>
/// <param name="Option">The option or argument that gave the field, where one did.</param>
/// <param name="Description">What is wrong with the field, without its name.</param>
internal sealed record FaultLine(string Text, string? Field = null, string? Option = null, string? Description = null);

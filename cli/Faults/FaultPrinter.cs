using System.Text.Json;
using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Faults;

/// <summary>Prints a fault: a line each for people, one object for programs.</summary>
internal static class FaultPrinter
{
    /// <summary>Prints the fault and returns its exit code.</summary>
    public static int Print(CliFault fault, bool json, TextWriter error)
    {
        if (json)
        {
            var violations = fault.Lines.Where(l => l.Field is not null)
                .Select(l => new ViolationJson(l.Field!, l.Option, l.Description ?? l.Text))
                .ToArray();
            var message = string.Join("; ", fault.Lines.Select(l => Printable.Of(l.Text)));
            var body = new ErrorJson(new(fault.Code, message, violations is [] ? null : violations));
            error.WriteLine(Printable.InJson(JsonSerializer.Serialize(body, FaultShapes.Json.ErrorJson)));
            return fault.ExitCode;
        }

        foreach (var line in fault.Lines)
        {
            error.WriteLine($"error: {Printable.Of(line.Text)}");
        }

        if (fault.Hint is { } hint)
        {
            error.WriteLine(hint);
        }

        return fault.ExitCode;
    }
}

/// <summary>What stderr holds with <c>-o json</c> when a run fails.</summary>
internal sealed record ErrorJson(FaultJson Error);

/// <summary>The fault: its code, its words, and the fields of the request that are wrong, where the fault is about fields.</summary>
internal sealed record FaultJson(
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ViolationJson>? Violations);

/// <summary>A field of the request that is wrong, and the option that gave it.</summary>
internal sealed record ViolationJson(string Field, string? Option, string Description);

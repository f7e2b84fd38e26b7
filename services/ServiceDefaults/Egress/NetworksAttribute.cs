using System.ComponentModel.DataAnnotations;

namespace Skypunch.ServiceDefaults.Egress;

/// <summary>Validates a setting that is a list of networks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NetworksAttribute() : ValidationAttribute("{0} must be networks such as 10.0.0.0/8 or addresses, separated by commas.")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => EgressPolicy.IsList(value as string);
}

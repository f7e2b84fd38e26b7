using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Scheduler.Targets;

/// <summary>A checked change to a target. Only what the change touches must be right: a row written by hand can be mended field by field.</summary>
internal sealed class TargetUpdate
{
    private static readonly string[] Probing = ["url", "method", "authn", "authn_params", "pass_result", "frequency", "timeout"];

    private readonly Admin.V1.Target _merged;
    private readonly IReadOnlySet<string> _fields;

    private TargetUpdate(Admin.V1.Target merged, IReadOnlySet<string> fields)
    {
        _merged = merged;
        _fields = fields;
    }

    /// <summary>Checks the change.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with every violation.</exception>
    public static TargetUpdate Of(Target current, Admin.V1.Target given, IReadOnlySet<string> fields)
    {
        var defaults = TargetMapping.WithDefaults(given);
        var merged = current.ToProto();
        foreach (var field in Admin.V1.Target.Descriptor.Fields.InFieldNumberOrder().Where(field => fields.Contains(field.Name)))
        {
            field.Accessor.SetValue(merged, field.Accessor.GetValue(defaults));
        }

        var faults = new FieldViolations();
        TargetRules.Check(merged, faults);
        if (fields.Contains("authn") || fields.Contains("authn_params"))
        {
            TargetRules.CheckAuthn(merged.Authn, merged.AuthnParams, faults);
        }

        faults.Keep(field => Touches(fields, field));
        faults.ThrowIfAny();
        return new TargetUpdate(merged, fields);
    }

    /// <summary>Writes the change into the row.</summary>
    public void Apply(Target target, Func<string?, string?> seal)
    {
        var (authn, enabled) = (target.Authn, target.Enabled);
        TargetMapping.Write(_merged, target);
        if (!_fields.Contains("authn"))
        {
            target.Authn = authn; // as a hand has written it
        }

        if (_fields.Contains("authn") || _fields.Contains("authn_params"))
        {
            target.AuthnParms = seal(_merged.AuthnParams);
        }

        if (_fields.Overlaps(Probing) || (target.Enabled && !enabled))
        {
            target.NextProbeAt = null; // see at once whether the change is good
            target.Revision++;
        }
    }

    // Frequency and timeout bound each other, and so do the authentication and its parameters.
    private static bool Touches(IReadOnlySet<string> fields, string violation) => violation["target.".Length..] switch
    {
        "timeout" => fields.Contains("timeout") || fields.Contains("frequency"),
        "authn_params" => true,
        var field => fields.Contains(field),
    };
}

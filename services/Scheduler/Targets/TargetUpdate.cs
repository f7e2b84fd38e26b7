using Microsoft.EntityFrameworkCore.ChangeTracking;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Targets;

/// <summary>A checked change to a target. Only what the change touches must be right: a row written by hand can be mended field by field.</summary>
internal sealed class TargetUpdate
{
    // Fields that bound each other: what is wrong with the first is told, too, where one of the others changes.
    private static readonly Dictionary<string, string[]> BoundBy = new()
    {
        ["timeout"] = ["frequency"],
        ["retry_interval"] = ["frequency"],
        ["authn_params"] = ["authn"],
        ["body"] = ["method"],
        ["url"] = ["catalog"],
        ["query_secrets"] = ["url"],
        ["catalog"] = ["authn"],
        ["assertions"] = ["timeout", "url", "catalog"],
    };

    private readonly Admin.V1.Target _merged;
    private readonly IReadOnlySet<string> _fields;
    private readonly bool _changesLabels;

    private TargetUpdate(Admin.V1.Target stored, Admin.V1.Target merged, IReadOnlySet<string> fields)
    {
        _merged = merged;
        _fields = fields;
        _changesLabels = !merged.Labels.Equals(stored.Labels);
    }

    /// <summary>Checks the change.</summary>
    /// <param name="current">The target.</param>
    /// <param name="given">The new values.</param>
    /// <param name="paths">The fields that they are for.</param>
    /// <param name="secrets">Opens what the target keeps secret.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with every violation.</exception>
    public static TargetUpdate Of(Target current, Admin.V1.Target given, IReadOnlySet<string> paths, SecretBox secrets)
    {
        var stored = current.ToProtoWithSecrets(secrets);
        var merged = UpdateMask.Merge(stored, TargetMapping.WithDefaults(given), paths);
        KeptSecrets.Restore(stored, merged);

        var fields = paths.Select(UpdateMask.FieldOf).ToHashSet();
        var faults = new FieldViolations();
        TargetRules.Check(merged, faults);
        if (merged.Authn != stored.Authn)
        {
            fields.Add("authn_params"); // those of another authentication are of no use
        }

        if (fields.Contains("authn_params"))
        {
            TargetRules.CheckAuthn(merged.Authn, merged.AuthnParams, faults);
        }

        faults.KeepChanged("target", fields, BoundBy);
        Destination.Check(stored, !string.IsNullOrEmpty(current.AuthnParms), merged, given, fields, faults);
        faults.ThrowIfAny();
        return new TargetUpdate(stored, merged, fields);
    }

    /// <summary>Writes the change into the row. What is there already is no change: the target is not probed at once for it, nor its results discarded.</summary>
    /// <returns>Whether anything has changed.</returns>
    public bool Apply(EntityEntry<Target> row, SecretBox secrets)
    {
        var target = row.Entity;
        var wasEnabled = target.Enabled;
        TargetFields.Write(_merged, target, _fields, secrets);
        row.DetectChanges();
        var changed = row.Properties.Where(column => column.IsModified).Select(column => column.Metadata.Name).ToList();
        if (changed.Any(TargetColumns.Probed.Contains) || (target.Enabled && !wasEnabled))
        {
            target.NextProbeAt = null; // see at once whether the change is good
            target.Revision++;
        }

        return changed.Count > 0 || _changesLabels;
    }
}

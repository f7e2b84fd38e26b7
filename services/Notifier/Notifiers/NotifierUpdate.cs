using Google.Protobuf.WellKnownTypes;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.AdminApi;
using StoredNotifier = Skypunch.Notifier.Model.StoredNotifier;

namespace Skypunch.Notifier.Notifiers;

/// <summary>
/// A checked change to a notifier. The notifier is judged as it would be after the change, and only the fields that the change touches must
/// be right. So a row that was edited by hand in SQL can be corrected field by field.
/// </summary>
internal sealed class NotifierUpdate
{
    // With another type, the address and the parameters mean something else.
    private static readonly string[] BoundByType = ["address", "params"];

    private static readonly FieldMask.MergeOptions AsGiven = new() { ReplacePrimitiveFields = true };

    private readonly Admin.V1.Notifier _merged;
    private readonly IReadOnlySet<string> _fields;

    private NotifierUpdate(Admin.V1.Notifier merged, IReadOnlySet<string> fields)
    {
        _merged = merged;
        _fields = fields;
    }

    /// <summary>Checks the change.</summary>
    /// <param name="stored">The notifier.</param>
    /// <param name="parameters">Its parameters, not sealed; null: there are none, or they cannot be opened.</param>
    /// <param name="given">The new values.</param>
    /// <param name="fields">The fields that get them.</param>
    /// <param name="channels">The channels.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with every violation.</exception>
    public static NotifierUpdate Of(
        StoredNotifier stored,
        string? parameters,
        Admin.V1.Notifier given,
        IReadOnlySet<string> fields,
        ChannelTypes channels)
    {
        var merged = stored.ToProto();
        merged.Params = parameters ?? "";
        new FieldMask { Paths = { fields } }.Merge(NotifierMapping.WithDefaults(given), merged, AsGiven);

        var faults = new FieldViolations();
        NotifierRules.Check(merged, channels, faults);
        var touched = merged.Type.Equals(stored.Type, StringComparison.OrdinalIgnoreCase) ? fields : fields.Union(BoundByType).ToHashSet();
        faults.KeepChanged("notifier", touched, new Dictionary<string, string[]>());
        faults.ThrowIfAny();
        return new NotifierUpdate(merged, fields);
    }

    /// <summary>Whether the change is to another type without new parameters: then the stored parameters are judged.</summary>
    public static bool NeedsStoredParameters(StoredNotifier stored, Admin.V1.Notifier given, IReadOnlySet<string> fields)
        => fields.Contains("type") && !fields.Contains("params")
            && !NotifierMapping.WithDefaults(given).Type.Equals(stored.Type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the change into the row.</summary>
    public void Apply(StoredNotifier row, ChannelTypes channels, SealedParameters seal)
    {
        row.Name = _fields.Contains("name") ? _merged.Name : row.Name;
        row.Type = _fields.Contains("type") ? channels.Find(_merged.Type)!.Description.Type : row.Type;
        row.Address = _fields.Contains("address") ? _merged.Address : row.Address;
        row.Params = _fields.Contains("params") ? seal.Seal(row, _merged.Params) : row.Params;
        row.MatchText = _fields.Contains("match") ? NotifierMapping.NullIfBlank(_merged.Match) : row.MatchText;
        row.Hours = _fields.Contains("hours") ? NotifierMapping.NullIfBlank(_merged.Hours) : row.Hours;
        row.Enabled = _fields.Contains("enabled") ? _merged.Enabled : row.Enabled;
    }
}

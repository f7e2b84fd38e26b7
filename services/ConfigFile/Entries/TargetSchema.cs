using Google.Protobuf.Reflection;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile.Fields;

namespace Skypunch.ConfigFile.Entries;

/// <summary>The keys of a target: a line here only where a key is more than a text, a flag, a number, a word or a duration.</summary>
internal static class TargetSchema
{
    private const string Order = "name url method authn authn_params pass_result frequency timeout enabled failure_threshold success_threshold retry_interval headers body content_type "
        + "follow_redirects max_redirects keep_cookies proxy query_secrets http_version ip_family tls assertions catalog.service_type";

    // It completes the two before it.
    private static readonly EntryField<Target> Cloud = new("cloud", CloudField.Read) { Default = CloudField.Default, Gives = "authn_params" };

    private static readonly Dictionary<string, Action<FieldValue, Target>> Own = new()
    {
        ["authn_params"] = (value, target) => target.AuthnParams = value.Parameters(),
        ["labels"] = (value, target) => target.Labels.Add(value.Labels()),
        ["headers"] = (value, target) => target.Headers.Add(value.Headers()),
        ["query_secrets"] = (value, target) => target.QuerySecrets.Add(value.Query()),
        ["tls"] = (value, target) => target.Tls = value.Tls(),
        ["assertions"] = (value, target) => target.Assertions.Add(value.Texts()),
    };

    public static readonly EntrySchema<Target> Schema = new(
        "target", target => target.Name, [.. TargetFields.InOrder(Order).Where(field => field.Key.Length > 0).SelectMany(EntriesOf)]);

    private static IEnumerable<EntryField<Target>> EntriesOf(TargetField field)
    {
        var entry = new EntryField<Target>(field.Key, Own.GetValueOrDefault(field.Name) ?? ((value, target) => field.Set(target, Read(field, value)))) { Alias = field.Alias };
        return field.Name switch
        {
            "name" => [entry with { IsRequired = true }],
            "url" => [entry with { IsRequired = true, NotRequiredWith = "service_type" }],
            "authn_params" => [entry, Cloud],
            _ => [entry],
        };
    }

    private static object? Read(TargetField field, FieldValue value) => field.Type switch
    {
        FieldType.String => value.Text(),
        FieldType.Bool => value.Flag(),
        FieldType.Int32 => value.Count(),
        FieldType.Enum => value.OneOf(field.Words),
        FieldType.Message => field.IsFine ? value.Time() : value.Duration(),
        _ => throw new NotSupportedException($"{field.Name} needs a line of its own"),
    };
}

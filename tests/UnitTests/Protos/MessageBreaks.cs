using Google.Protobuf.Reflection;

namespace Skypunch.UnitTests.Protos;

/// <summary>Finds what breaks in a message: a field that was removed without a reservation, or a number that got another meaning.</summary>
internal static class MessageBreaks
{
    public static IEnumerable<string> Of(string scope, DescriptorProto old, DescriptorProto @new)
    {
        var name = $"{scope}.{old.Name}";
        foreach (var field in old.Field)
        {
            var breaks = @new.Field.FirstOrDefault(other => other.Number == field.Number) is { } same
                ? OfField($"{name}.{field.Name}", old, field, @new, same)
                : IsReserved(@new, field) ? [] : [$"{name}.{field.Name} is gone, and its number {field.Number} and its name are not reserved"];
            foreach (var text in breaks)
            {
                yield return text;
            }
        }

        foreach (var number in old.ReservedRange.SelectMany(range => Enumerable.Range(range.Start, range.End - range.Start)).Where(number => !IsReserved(@new, number)))
        {
            yield return $"{name}: the number {number} is reserved no longer";
        }

        foreach (var reserved in old.ReservedName.Except(@new.ReservedName))
        {
            yield return $"{name}: the name {reserved} is reserved no longer";
        }
    }

    private static IEnumerable<string> OfField(string name, DescriptorProto oldMessage, FieldDescriptorProto old, DescriptorProto newMessage, FieldDescriptorProto @new)
        => ProtoBreaks.Same($"{name}: the name of number {old.Number}", old.Name, @new.Name)
            .Concat(ProtoBreaks.Same($"{name}: the type", TypeOf(old), TypeOf(@new)))
            .Concat(ProtoBreaks.Same($"{name}: the label", LabelOf(old), LabelOf(@new)))
            .Concat(ProtoBreaks.Same($"{name}: the oneof", OneofOf(oldMessage, old), OneofOf(newMessage, @new)));

    private static bool IsReserved(DescriptorProto message, FieldDescriptorProto field)
        => IsReserved(message, field.Number) && message.ReservedName.Contains(field.Name);

    private static bool IsReserved(DescriptorProto message, int number) => message.ReservedRange.Any(range => number >= range.Start && number < range.End);

    private static string TypeOf(FieldDescriptorProto field) => field.HasTypeName ? field.TypeName : field.Type.ToString();

    // "optional" adds the information whether the field is set, which a client may use.
    private static string LabelOf(FieldDescriptorProto field) => field.Proto3Optional ? "Optional with presence" : field.Label.ToString();

    private static string OneofOf(DescriptorProto message, FieldDescriptorProto field)
        => field.HasOneofIndex && !field.Proto3Optional ? message.OneofDecl[field.OneofIndex].Name : "";
}

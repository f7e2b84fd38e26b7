using Google.Protobuf.Reflection;

namespace Skypunch.UnitTests.Protos;

/// <summary>Finds what breaks in an enum: a value that was removed without a reservation, or a number that got another name.</summary>
internal static class EnumBreaks
{
    public static IEnumerable<string> Of(string scope, EnumDescriptorProto old, EnumDescriptorProto @new) => old.Value.SelectMany(value =>
    {
        var names = @new.Value.Where(other => other.Number == value.Number).Select(other => other.Name).ToList();
        return names.Contains(value.Name) || (names.Count == 0 && IsReserved(@new, value)) ? Array.Empty<string>()
            : names.Count > 0 ? [$"{scope}.{old.Name}: the name of number {value.Number} was {value.Name} and is {names[0]}"]
            : [$"{scope}.{old.Name}.{value.Name} is gone, and its number {value.Number} and its name are not reserved"];
    });

    // Unlike in a message, the end of a reserved range of an enum is inclusive.
    private static bool IsReserved(EnumDescriptorProto type, EnumValueDescriptorProto value)
        => type.ReservedName.Contains(value.Name) && type.ReservedRange.Any(range => value.Number >= range.Start && value.Number <= range.End);
}

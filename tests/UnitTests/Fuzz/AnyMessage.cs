using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>A message of the admin API with some of its fields set, to valid and invalid values.</summary>
internal sealed class AnyMessage(Random random, IReadOnlyList<string> texts)
{
    private const int Deepest = 4;

    private static readonly long[] Numbers = [0, 1, 1, 2, 3, 10, -1, 300, 86_400, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    public IMessage Of(MessageDescriptor descriptor, int depth = 0)
    {
        var message = descriptor.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in descriptor.Fields.InFieldNumberOrder().Where(_ => random.Next(3) > 0 && depth < Deepest))
        {
            Set(message, field, depth);
        }

        return message;
    }

    private void Set(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.IsMap)
        {
            return; // there is none
        }

        if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            for (var items = random.Next(20) == 0 ? 200 : random.Next(3); items > 0; items--)
            {
                list.Add(Value(field, depth));
            }

            return;
        }

        field.Accessor.SetValue(message, Value(field, depth));
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.String => field.Name == "paths" ? Path() : texts[random.Next(texts.Count)] is var text && random.Next(8) > 0 ? text : text.Length > 0 ? new string(text[0], random.Next(5_000)) : "",
        FieldType.Bytes => ByteString.CopyFrom(1, 2, 3),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Double => double.NaN,
        FieldType.Int64 => Numbers[random.Next(Numbers.Length)],
        FieldType.Int32 => (int)Math.Clamp(Numbers[random.Next(Numbers.Length)], int.MinValue, int.MaxValue),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(6) == 0 ? 99 : random.Next(5)),
        FieldType.Message => Of(field.MessageType, depth + 1),
        _ => throw new NotSupportedException($"No value for a field of type {field.FieldType}."),
    };

    private string Path()
    {
        string[] paths = ["*", "name", "url", "headers", "tls", "tls.ca", "tls.server_name", "assertions", "state", "frequency", "timeout", "params", "address", "enabled", "catalog", "catalog.region_name", "body", "no.such", ".", ""];
        return paths[random.Next(paths.Length)];
    }
}

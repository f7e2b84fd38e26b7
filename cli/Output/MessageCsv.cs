using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Skypunch.Cli.Output;

/// <summary>
/// Messages of the admin API of one type as the columns of a <see cref="CsvText"/>: the members of <see cref="MessageJson"/>, those of a message within the message with its
/// name before theirs. A field that the API gets later is a column by itself.
/// </summary>
/// <param name="type">The type of the messages.</param>
internal sealed class MessageCsv(MessageDescriptor type)
{
    private readonly List<(string Name, Func<IMessage?, string> Cell)> _columns = [.. ColumnsOf(type, "")];

    /// <summary>The names of the columns.</summary>
    public IEnumerable<string> Names => _columns.Select(column => column.Name);

    /// <summary>The cells of a message.</summary>
    public IEnumerable<string> CellsOf(IMessage message) => _columns.Select(column => column.Cell(message));

    /// <summary>A table of messages.</summary>
    public CsvText TableOf(IEnumerable<IMessage> messages)
    {
        var table = new CsvText(Names);
        foreach (var message in messages)
        {
            table.Add(CellsOf(message));
        }

        return table;
    }

    private static IEnumerable<(string, Func<IMessage?, string>)> ColumnsOf(MessageDescriptor type, string prefix) => type.Fields.InFieldNumberOrder().SelectMany(field =>
    {
        var name = $"{prefix}{MessageJson.NameOf(field)}";
        return IsPart(field)
            ? ColumnsOf(field.MessageType, $"{name}_").Select(part => (part.Item1, new Func<IMessage?, string>(whole => part.Item2(whole is null ? null : (IMessage?)field.Accessor.GetValue(whole)))))
            : [(name, whole => whole is null ? "" : TextOf(MessageJson.ValueOf(field, whole)))];
    });

    private static bool IsPart(FieldDescriptor field)
        => field.FieldType is FieldType.Message && !field.IsRepeated && field.MessageType != Timestamp.Descriptor && field.MessageType != Duration.Descriptor;

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => CsvText.Cell(text),
        bool flag => flag ? "true" : "false",
        System.Enum word => Admin.V1.EnumWords.Of(word),
        Timestamp time => Times.Utc(time)!.Value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        Duration duration => Times.Seconds(duration).ToString(CultureInfo.InvariantCulture),
        IList items => CsvText.Cell(string.Join(' ', items.Cast<object>().Select(ItemText))),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{value.GetType()} has no shape in CSV"),
    };

    // A count by its word, such as "timeout=3".
    private static string ItemText(object item)
        => item is IMessage part ? string.Join('=', part.Descriptor.Fields.InFieldNumberOrder().Select(field => TextOf(MessageJson.ValueOf(field, part)))) : TextOf(item);
}

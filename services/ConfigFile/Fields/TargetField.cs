using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Enum = System.Enum;

namespace Skypunch.ConfigFile.Fields;

/// <summary>
/// A field of a target as people write and read it: the option of the command line, the key of a configuration file and its line in an export, the row in the details of a target. Its
/// value is read and set by the descriptor of the API's message.
/// </summary>
/// <param name="name">The field's path in the API, as a mask has it, such as "timeout" or "tls.ca".</param>
/// <param name="helpName">What the help calls the option's value.</param>
/// <param name="help">What the help says of the option.</param>
public sealed class TargetField(string name, string helpName, string help)
{
    // For "tls.ca" the target's field "tls"; null where the path has one part.
    private readonly FieldDescriptor? _outer = name.Split('.') is [var outer, _] ? Target.Descriptor.FindFieldByName(outer) : null;
    private readonly FieldDescriptor _field = name.Split('.') is [var outer, var inner]
        ? Target.Descriptor.FindFieldByName(outer).MessageType.FindFieldByName(inner)
        : Target.Descriptor.FindFieldByName(name);

    /// <summary>The field's path in the API.</summary>
    public string Name { get; } = name;

    /// <summary>The option of the command line; empty: it has none that all commands share.</summary>
    public string Option { get; init; } = $"--{name.Replace('_', '-').Replace('.', '-')}";

    /// <summary>What the help calls the option's value.</summary>
    public string HelpName { get; } = helpName;

    /// <summary>What the help says of the option.</summary>
    public string Help { get; } = help;

    /// <summary>Of a flag: what the help says of the option that takes it back; empty: there is none.</summary>
    public string HelpOfNo { get; init; } = "";

    /// <summary>The key in a configuration file; empty: it stands below another key.</summary>
    public string Key { get; init; } = name.Contains('.', StringComparison.Ordinal) ? "" : name;

    /// <summary>Another name of the key.</summary>
    public string? Alias { get; init; }

    /// <summary>The name of the key that an export writes; null: <see cref="Key"/>.</summary>
    public string? Exported { get; init; }

    /// <summary>The title of its row in the details of a target; empty: it has a row among those of 2013, or none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Of an enum: the words for its values, in the order in which the help tells them.</summary>
    public IReadOnlyList<(string Word, Enum Value)> Words { get; init; } = [];

    /// <summary>Of a number: the least that the command line takes.</summary>
    public int Least { get; init; }

    /// <summary>Of a number: the most that the command line takes.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Of a duration: whether it may have parts of a second.</summary>
    public bool IsFine { get; init; }

    /// <summary>Of a text: the form in which it is sent.</summary>
    public Func<string, string> Form { get; init; } = text => text;

    /// <summary>What kind of value it has.</summary>
    public FieldType Type => _field.FieldType;

    /// <summary>The value; null: none is given.</summary>
    public object? ValueOf(Target target)
        => _outer is null ? _field.Accessor.GetValue(target) : _outer.Accessor.GetValue(target) is IMessage message ? _field.Accessor.GetValue(message) : null;

    /// <summary>Sets the value; null, what a fault leaves, sets nothing.</summary>
    public void Set(Target target, object? value)
    {
        if (value is not null)
        {
            _field.Accessor.SetValue(HolderOf(target), value is string text ? Form(text) : value);
        }
    }

    /// <summary>The value as a configuration file has it; empty: none is given.</summary>
    public string TextOf(Target target) => ValueOf(target) switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        int number => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture),
        Enum value => EnumWords.Of(value),
        Duration duration => DurationText.Of(duration.ToTimeSpan()),
        _ => "",
    };

    private IMessage HolderOf(Target target)
    {
        if (_outer is null)
        {
            return target;
        }

        if (_outer.Accessor.GetValue(target) is IMessage message)
        {
            return message;
        }

        var created = _outer.MessageType.Parser.ParseFrom(ByteString.Empty);
        _outer.Accessor.SetValue(target, created);
        return created;
    }
}

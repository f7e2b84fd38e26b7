using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Skypunch.ConfigFile.Yaml;

/// <summary>Reads YAML from the parser's events: without reflection, and without losing keys that are written twice.</summary>
internal sealed class YamlTree
{
    // Far deeper than any configuration, and far from the end of the stack.
    private const int DeepestLevel = 20;

    // More than any configuration has. An alias costs a few characters and stands for everything that it names, other aliases included
    // ("billion laughs").
    private const int MostValues = 1_000_000;

    private readonly Dictionary<AnchorName, Anchored> _anchors = [];
    private readonly Parser _parser;
    private int _values;
    private int _deepest;

    private YamlTree(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads the one document of a text; null where the text has no document.</summary>
    /// <exception cref="YamlException">The text is not YAML, or has parts that a configuration cannot have.</exception>
    public static YamlItem? Read(string text)
    {
        var tree = new YamlTree(text);
        try
        {
            return tree.ReadDocument();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException) // the parser throws these for some broken texts
        {
            var at = tree._parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "is not YAML after this place; put a value with special characters in quotes");
        }
    }

    private YamlItem? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadItem(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var next)
            ? throw Fault(next, "a second document begins here; put everything into one, without '---' between")
            : root is YamlText { IsNull: true } ? null : root;
    }

    private YamlItem ReadItem(int level)
    {
        if (_parser.Current is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw Fault(tagged, "a tag such as '!name' is not supported; put a value that begins with '!' in quotes");
        }

        if (level > DeepestLevel)
        {
            throw Fault(_parser.Current!, "is nested too deeply");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            var named = _anchors.GetValueOrDefault(alias.Value)
                ?? throw Fault(alias, "an alias refers to an anchor that is not defined before it; put a value that begins with '*' in quotes");
            Count(alias, level + named.Height, named.Values);
            return named.Item;
        }

        var (anchor, before, deepest) = (_parser.Current is NodeEvent node ? node.Anchor : AnchorName.Empty, _values, _deepest);
        _deepest = level;
        Count(_parser.Current!, level, 1);
        var item = ReadNode(level);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = new Anchored(item, _values - before, _deepest - level);
        }

        _deepest = Math.Max(_deepest, deepest);
        return item;
    }

    private void Count(ParsingEvent at, int level, int values)
    {
        _values += values;
        _deepest = Math.Max(_deepest, level);
        if (_values > MostValues)
        {
            throw Fault(at, "the file stands for more than a million values, with what its aliases name");
        }

        if (level > DeepestLevel)
        {
            throw Fault(at, "is nested too deeply, with what its aliases name");
        }
    }

    private YamlItem ReadNode(int level)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlText(LineOf(scalar), scalar.Value, scalar.Style is ScalarStyle.Plain);
        }

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<YamlItem>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadItem(level + 1));
            }

            return new YamlList(LineOf(sequence), items);
        }

        var mapping = _parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        var merged = new List<YamlMap>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw Fault(_parser.Current!, "a key must be a plain word");
            }

            var value = ReadItem(level + 1);
            if (key is { Value: MergeKeys.Key, Style: ScalarStyle.Plain })
            {
                merged.AddRange(MergeKeys.MapsOf(value) ?? throw Fault(key, "what '<<' merges must be a map, or a list of maps: '<<: *name'"));
                continue;
            }

            entries.Add(new YamlEntry(LineOf(key), key.Value, value));
        }

        return new YamlMap(LineOf(mapping), MergeKeys.Merge(entries, merged));
    }

    private sealed record Anchored(YamlItem Item, int Values, int Height);

    private static int LineOf(ParsingEvent parsed) => (int)parsed.Start.Line;

    private static YamlException Fault(ParsingEvent at, string message) => new(at.Start, at.End, message);
}

using Skypunch.Admin.V1;
using Skypunch.ConfigFile.Clouds;
using Skypunch.ConfigFile.Entries;
using Skypunch.ConfigFile.Faults;
using Skypunch.ConfigFile.Values;
using Skypunch.ConfigFile.Yaml;
using YamlDotNet.Core;

namespace Skypunch.ConfigFile;

/// <summary>
/// A configuration file: two lists, <c>targets</c> and <c>notifiers</c>, whose keys are the fields of the admin API's messages. Reading
/// judges only whether a value can be understood; whether Skypunch accepts it (ranges, addresses, parameters) the admin API alone judges.
/// </summary>
public sealed class ConfigDocument
{
    /// <summary>The name of the file that a first start looks for.</summary>
    public const string DefaultName = "skypunch.yaml";

    /// <summary>The variable that stands for the daemon's own health address, so that the example file follows <c>--port</c>.</summary>
    public const string HealthUrlVariable = "SKYPUNCH_HEALTH_URL";

    private const string TargetsKey = "targets";
    private const string NotifiersKey = "notifiers";

    // The prefix of keys that hold what entries share by anchors, as in compose files.
    private const string AnchorsPrefix = "x-";

    private readonly List<ConfigEntry<Target>> _targets = [];
    private readonly List<ConfigEntry<Notifier>> _notifiers = [];
    private readonly List<ConfigFault> _faults = [];

    private ConfigDocument(string name) => Name = name;

    /// <summary>The file's name, as the user gave it.</summary>
    public string Name { get; }

    /// <summary>The targets, in the order of the file.</summary>
    public IReadOnlyList<ConfigEntry<Target>> Targets => _targets;

    /// <summary>The notifiers, in the order of the file.</summary>
    public IReadOnlyList<ConfigEntry<Notifier>> Notifiers => _notifiers;

    /// <summary>Whether the file has the list of targets, be it empty.</summary>
    public bool HasTargets { get; private set; }

    /// <summary>Whether the file has the list of notifiers, be it empty.</summary>
    public bool HasNotifiers { get; private set; }

    /// <summary>
    /// The faults of the file by line, then those of the files that it refers to. Where there are faults, the entries must not be used.
    /// </summary>
    public IReadOnlyList<ConfigFault> Faults => _faults;

    /// <summary>Reads a configuration file.</summary>
    /// <param name="name">The file's name, as the user gave it: faults begin with it.</param>
    /// <param name="text">The YAML text.</param>
    /// <param name="environment">Gives the variables that <c>${NAME}</c> stands for, and OpenStack's; null: not set.</param>
    /// <param name="files">Reads another file that this file refers to, such as clouds.yaml, and returns null where it is not there. Where
    /// this is null, no other file is read.</param>
    public static ConfigDocument Read(string name, string text, Func<string, string?> environment, Func<string, string?>? files = null)
    {
        var document = new ConfigDocument(name);
        try
        {
            if (YamlTree.Read(text) is { } root)
            {
                document.ReadRoot(root, new ReadScope(name, environment, new CloudCatalog(new CloudSearch(environment, files ?? (_ => null))), document._faults));
            }
        }
        catch (YamlException e)
        {
            document._faults.Add(SyntaxFault.From(e, name, text));
        }

        document._faults.Sort((a, b) => (a.File != name, a.File, a.Line).CompareTo((b.File != name, b.File, b.Line)));
        return document;
    }

    private void ReadRoot(YamlItem root, ReadScope scope)
    {
        if (root is not YamlMap map)
        {
            scope.Fault(root.Line, "", $"must begin with '{TargetsKey}:' or '{NotifiersKey}:'");
            return;
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (!seen.TryAdd(entry.Key, entry.Line))
            {
                scope.Fault(entry.Line, entry.Key, $"is given twice, first on line {seen[entry.Key]}; put both lists into one");
                continue;
            }

            switch (entry.Key)
            {
                case TargetsKey:
                    HasTargets = true;
                    ReadList(entry, TargetSchema.Schema, _targets, scope);
                    break;
                case NotifiersKey:
                    HasNotifiers = true;
                    ReadList(entry, NotifierSchema.Schema, _notifiers, scope);
                    break;
                case var key when key.StartsWith(AnchorsPrefix, StringComparison.Ordinal):
                    break;
                default:
                    scope.Fault(entry.Line, entry.Key, $"is not known; {NearestWord.Hint(entry.Key, [TargetsKey, NotifiersKey])}");
                    break;
            }
        }
    }

    private static void ReadList<T>(YamlEntry list, EntrySchema<T> schema, List<ConfigEntry<T>> entries, ReadScope scope)
        where T : new()
    {
        if (list.Value is YamlText { IsNull: true })
        {
            return; // all its entries are commented out
        }

        if (list.Value is not YamlList { Items: var items })
        {
            scope.Fault(list.Line, list.Key, "must be a list: begin each entry with '- name: …'");
            return;
        }

        var names = new Dictionary<string, (int Index, int Line)>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (schema.Read(items[i], $"{list.Key}[{i}]", scope) is not { } entry)
            {
                continue;
            }

            entries.Add(entry);
            if (entry.KeyOf("name") is { } key && schema.NameOf(entry.Resource) is { Length: > 0 } name && !names.TryAdd(name, (i, key.Line)))
            {
                var (index, line) = names[name];
                scope.Fault(key.Line, $"{list.Key}[{i}].name", $"is the name of {list.Key}[{index}] on line {line} too; names must be unique");
            }
        }
    }
}

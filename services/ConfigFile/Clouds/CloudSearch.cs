namespace Skypunch.ConfigFile.Clouds;

/// <summary>
/// Where the files of OpenStack's clients are looked for, in the order of openstacksdk: the file that a variable names, then
/// <c>clouds.yaml</c>, <c>.yml</c> or <c>.json</c> in the current folder, the user's folder and the system's. The first file that exists
/// counts.
/// </summary>
/// <param name="environment">Gives a variable; null or empty: not set.</param>
/// <param name="read">Reads a file, and returns null where it is not there.</param>
internal sealed class CloudSearch(Func<string, string?> environment, Func<string, string?> read)
{
    private static readonly string[] Suffixes = [".yaml", ".yml", ".json"];

    /// <summary>A variable; null where it is not set or empty.</summary>
    public string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>The paths, in the order in which they are tried.</summary>
    /// <param name="name">The file's name without its suffix: "clouds".</param>
    /// <param name="variable">The variable that may name another file; null: there is none.</param>
    /// <param name="beside">A folder that is looked into last; null: there is none.</param>
    public IReadOnlyList<string> Paths(string name, string? variable, string? beside = null)
    {
        var folders = Folders().Concat(beside is null ? [] : [beside]);
        var named = variable is null ? null : Variable(variable);
        return [.. named is null ? [] : new[] { named }, .. folders.SelectMany(folder => Suffixes.Select(suffix => Path.Combine(folder, name + suffix)))];
    }

    /// <summary>The places that are looked at, in words; a path that ends with .yaml stands for all three suffixes.</summary>
    public string Words(string name, string? variable)
    {
        var named = variable is null ? null : Variable(variable);
        var places = Folders().Select(folder => Path.Combine(folder.Length == 0 ? "." : folder, $"{name}.yaml"));
        return string.Join(", ", named is null ? places : places.Prepend(named));
    }

    /// <summary>Reads a file; null: it is not there.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public string? Read(string path) => read(path);

    /// <summary>A path that a value names: <c>~</c> is the user's home.</summary>
    public string Expand(string path)
        => path.StartsWith("~/", StringComparison.Ordinal) && Home is { } home ? Path.Combine(home, path[2..]) : path;

    private string? Home => Variable("HOME") ?? Variable("USERPROFILE");

    private IEnumerable<string> Folders()
    {
        yield return "";
        if (Variable("XDG_CONFIG_HOME") is { } config && Path.IsPathRooted(config))
        {
            yield return Path.Combine(config, "openstack");
        }

        if (Home is { } home)
        {
            yield return Path.Combine(home, ".config", "openstack");
        }

        yield return "/etc/openstack";
    }
}

namespace Skypunch.ConfigFile.Entries;

/// <summary>What the reading of one file shares: its name, the environment, the faults found.</summary>
internal sealed class ReadScope(string file, Func<string, string?> environment, List<ConfigFault> faults)
{
    public string File { get; } = file;

    public Func<string, string?> Environment { get; } = environment;

    public void Fault(int line, string path, string message) => faults.Add(new ConfigFault(File, line, path, message));
}

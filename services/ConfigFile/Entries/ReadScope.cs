using Skypunch.ConfigFile.Clouds;
using Skypunch.ConfigFile.Faults;

namespace Skypunch.ConfigFile.Entries;

/// <summary>What the reading of one file shares: its name, the environment, the clouds, the faults found.</summary>
internal sealed class ReadScope(string file, Func<string, string?> environment, CloudCatalog clouds, List<ConfigFault> faults)
{
    public string File { get; } = file;

    public Func<string, string?> Environment { get; } = environment;

    public CloudCatalog Clouds { get; } = clouds;

    public void Fault(int line, string path, string message) => Fault(new ConfigFault(File, line, path, message));

    /// <summary>Takes a fault, which may be one of another file that several entries refer to: it is told once.</summary>
    public void Fault(ConfigFault fault)
    {
        if (!faults.Contains(fault))
        {
            faults.Add(fault);
        }
    }
}

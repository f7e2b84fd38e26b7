using Skypunch.ConfigFile;
using Skypunch.ConfigFile.Faults;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone.FirstStart;

/// <summary>The configuration file of this start.</summary>
internal static class StartConfiguration
{
    /// <summary>
    /// Reads the file that the user named, or the one in the current folder; null where there is none. Its faults are not thrown yet.
    /// </summary>
    /// <exception cref="StartupException">The named file is not there, or the file cannot be read.</exception>
    public static ConfigDocument? Read(string? given, string healthUrl)
    {
        var name = given ?? ConfigDocument.DefaultName;
        if (!Path.Exists(name))
        {
            return given is null ? null : throw new StartupException($"The configuration file {given} does not exist.");
        }

        try
        {
            return ConfigDocument.Read(
                name,
                File.ReadAllText(name),
                variable => variable == ConfigDocument.HealthUrlVariable ? healthUrl : Environment.GetEnvironmentVariable(variable),
                LocalFile.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The configuration file {name} cannot be read: {e.Message}");
        }
    }

    /// <exception cref="StartupException">The file has faults; the message has all of them, each on a line.</exception>
    public static void ThrowIfFaulty(ConfigDocument? configuration)
    {
        if (configuration is { Faults.Count: > 0 })
        {
            Throw(configuration.Faults);
        }
    }

    /// <exception cref="StartupException">Always; the message has all faults, each on a line.</exception>
    public static void Throw(IEnumerable<ConfigFault> faults) => throw new StartupException(string.Join('\n', faults.OrderBy(fault => fault.Line)));
}

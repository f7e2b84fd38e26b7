namespace Skypunch.Contracts.Texts;

/// <summary>Where a daemon keeps its data by default. The daemon and the command line must find the same folder.</summary>
public static class DefaultDataFolder
{
    /// <summary>
    /// The folder that SKYPUNCH_HOME names, else the platform's folder for the data of a user's programs; null where the user has no home.
    /// </summary>
    /// <param name="environment">Returns the value of an environment variable; null: the variable is not set.</param>
    public static string? Of(Func<string, string?> environment)
    {
        if (environment("SKYPUNCH_HOME") is { Length: > 0 } own)
        {
            return own;
        }

        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "skypunch");
        }

        // The XDG base directory specification says to ignore a path that is not absolute.
        var shared = environment("XDG_DATA_HOME") is { } xdg && Path.IsPathRooted(xdg)
            ? xdg
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "share") : null;
        return shared is null ? null : Path.Combine(shared, "skypunch");
    }
}

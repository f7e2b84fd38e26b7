namespace Skypunch.Cli.Daemon;

/// <summary>The folder in which a daemon keeps its store, log and token. The daemon has the same rule.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="IsDefault">Whether a verb without <c>--data</c> finds it too.</param>
internal sealed record DataFolder(string Path, bool IsDefault)
{
    /// <summary>Written when the daemon is ready, removed when it stops.</summary>
    public string DaemonFile => System.IO.Path.Combine(Path, "daemon.json");

    /// <summary>Held by the daemon for as long as it lives.</summary>
    public string LockFile => System.IO.Path.Combine(Path, "skypunchd.lock");

    /// <summary>The bearer token of its admin API.</summary>
    public string TokenFile => System.IO.Path.Combine(Path, "token");

    /// <summary>Its log.</summary>
    public string LogFile => System.IO.Path.Combine(Path, "log", "skypunch.log");

    /// <summary>What <c>--data</c> says, else SKYPUNCH_HOME, else the platform's folder for the data of a user's programs.</summary>
    public static DataFolder Resolve(string? option, Func<string, string?> environment)
        => option is { Length: > 0 } ? new(System.IO.Path.GetFullPath(option), false) : new(Default(environment), true);

    private static string Default(Func<string, string?> environment)
    {
        if (environment("SKYPUNCH_HOME") is { } own)
        {
            return System.IO.Path.GetFullPath(own);
        }

        if (OperatingSystem.IsWindows())
        {
            return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "skypunch");
        }

        var home = environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var dataHome = environment("XDG_DATA_HOME") is { } xdg && System.IO.Path.IsPathRooted(xdg) // by its specification
            ? xdg
            : System.IO.Path.Combine(home, ".local", "share");
        return System.IO.Path.Combine(dataHome, "skypunch");
    }
}

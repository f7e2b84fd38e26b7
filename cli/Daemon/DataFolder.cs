using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Daemon;

/// <summary>The folder in which a daemon keeps its store, log and token.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="IsDefault">Whether a verb without <c>--data</c> finds it too.</param>
internal sealed record DataFolder(string Path, bool IsDefault)
{
    /// <summary>The file that the daemon writes when it is ready, and removes when it stops.</summary>
    public string DaemonFile => System.IO.Path.Combine(Path, "daemon.json");

    /// <summary>The file whose lock the daemon holds for as long as it lives.</summary>
    public string LockFile => System.IO.Path.Combine(Path, "skypunchd.lock");

    /// <summary>The file with the bearer token of the daemon's admin API.</summary>
    public string TokenFile => System.IO.Path.Combine(Path, "token");

    /// <summary>The daemon's log.</summary>
    public string LogFile => System.IO.Path.Combine(Path, "log", "skypunch.log");

    /// <summary>What <c>--data</c> says, else SKYPUNCH_HOME, else the platform's folder for the data of a user's programs.</summary>
    public static DataFolder Resolve(string? option, Func<string, string?> environment)
        => option is { Length: > 0 } ? new(System.IO.Path.GetFullPath(option), false) : new(Default(environment), true);

    private static string Default(Func<string, string?> environment)
        => System.IO.Path.GetFullPath(DefaultDataFolder.Of(name => environment(name) ?? (name == "HOME" ? Home() : null))!);

    // Who has no HOME may have a home in the system's list of users all the same.
    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : "/";
}

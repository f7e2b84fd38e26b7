using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile;

namespace Skypunch.Cli.Apply;

/// <summary>Reads what <c>--file</c> names: files, folders of them, and stdin.</summary>
internal static class ApplyFiles
{
    // Files that say how to log in to OpenStack may lie in the same folder.
    private static readonly string[] OfOpenStack = ["clouds", "secure", "clouds-public"];

    /// <summary>Reads all files, each once.</summary>
    /// <exception cref="CliFault">A file is not there or cannot be read.</exception>
    public static List<ConfigDocument> Read(IEnumerable<string> given, Session session)
    {
        var environment = EnvironmentOf(session);
        var documents = new List<ConfigDocument>();
        foreach (var path in given.SelectMany(FilesOf).DistinctBy(path => path == "-" ? path : Path.GetFullPath(path)))
        {
            var (name, text) = path == "-" ? ("stdin", session.Surroundings.In().ReadToEnd()) : (path, TextOf(path));
            documents.Add(ConfigDocument.Read(name, text, environment, LocalFile.Read));
        }

        return documents;
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        try
        {
            string[] files = [.. Directory.EnumerateFiles(path).Where(IsConfiguration).Order(StringComparer.Ordinal)];
            return files.Length > 0
                ? files
                : throw CliFault.Local($"the folder {path} has no *.yaml or *.yml file with targets or notifiers in it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliFault.Local($"the folder {path} cannot be read: {e.Message}");
        }
    }

    private static bool IsConfiguration(string file)
        => Path.GetExtension(file) is ".yaml" or ".yml" && !OfOpenStack.Contains(Path.GetFileNameWithoutExtension(file));

    private static string TextOf(string path)
    {
        try
        {
            return LocalFile.Read(path) ?? throw CliFault.Local($"the file {path} does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliFault.Local($"the file {path} cannot be read: {e.Message}");
        }
    }

    // As at the daemon's first start, the example file follows the port of the daemon that it is applied to.
    private static Func<string, string?> EnvironmentOf(Session session)
    {
        var daemon = DaemonInfo.ReadRunning(session.Data);
        var health = daemon is not null && session.Api.Server.IsAt(daemon.AdminUrl) ? daemon.HealthUrl : null;
        return name => name == ConfigDocument.HealthUrlVariable && health is not null ? health : session.Surroundings.Environment(name);
    }
}

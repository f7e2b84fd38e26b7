using System.Text.Json;

namespace Skypunch.Standalone.DataFolders;

/// <summary>
/// What the command line must know of a running daemon: the file <c>daemon.json</c>, which exists only while the daemon runs.
/// </summary>
/// <param name="Pid">The process.</param>
/// <param name="AdminUrl">Where the admin API listens.</param>
/// <param name="HealthUrl">Where <c>/healthz</c> and <c>/readyz</c> listen.</param>
/// <param name="WebUrl">Where the page is.</param>
/// <param name="Version">The daemon's version.</param>
/// <param name="Log">The log file.</param>
/// <param name="StartedAt">When the daemon was ready.</param>
internal sealed record DaemonFile(int Pid, string AdminUrl, string HealthUrl, string WebUrl, string Version, string Log, DateTimeOffset StartedAt)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads the file; null where it is not there or not complete.</summary>
    public static DaemonFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<DaemonFile>(File.ReadAllText(path), Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string path) => SecretFile.Write(path, JsonSerializer.Serialize(this, Json));
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Skypunch.Cli.Daemon;

/// <summary>What a daemon that is ready says of itself in <c>daemon.json</c>.</summary>
internal sealed record DaemonInfo(int Pid, string AdminUrl, string? HealthUrl, string? WebUrl, string? Version, string? Log)
{
    /// <summary>Reads the file; null where there is none, or none that is whole.</summary>
    public static DaemonInfo? Read(DataFolder data)
    {
        try
        {
            var info = JsonSerializer.Deserialize(File.ReadAllText(data.DaemonFile), DaemonInfoJson.Default.DaemonInfo);
            return info is { Pid: > 0, AdminUrl: not null } ? info : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the file of a daemon that still runs; null where a daemon that has gone left the file behind.</summary>
    public static DaemonInfo? ReadRunning(DataFolder data) => DaemonLock.IsHeld(data) ? Read(data) : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DaemonInfo))]
internal sealed partial class DaemonInfoJson : JsonSerializerContext;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>Marks the health checks that decide whether a process can take work.</summary>
public static class ReadyTag
{
    /// <summary>The tag.</summary>
    public const string Name = "ready";
}

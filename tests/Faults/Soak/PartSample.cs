using System.Globalization;

namespace Skypunch.Faults.Soak;

/// <summary>What a process holds at one moment: see proc_pid_status(5) and proc_pid_fd(5).</summary>
/// <param name="Part">Which process.</param>
/// <param name="Memory">Resident, in bytes.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Handles">Its open files and sockets.</param>
/// <param name="LogBytes">What it has written so far.</param>
internal sealed record PartSample(string Part, long Memory, int Threads, int Handles, long LogBytes)
{
    /// <summary>Looks at a process; null: it has just ended.</summary>
    public static PartSample? Of(ServiceProcess part)
    {
        try
        {
            var status = File.ReadLines($"/proc/{part.Id}/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim());
            return status.TryGetValue("VmRSS", out var memory)
                ? new PartSample(part.Name, 1024 * Number(memory), (int)Number(status["Threads"]), Directory.GetFiles($"/proc/{part.Id}/fd").Length, part.LogBytes)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}

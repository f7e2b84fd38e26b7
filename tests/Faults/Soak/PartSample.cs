using System.Globalization;

namespace Skypunch.Faults.Soak;

/// <summary>The resources of a process at one moment: see proc_pid_status(5) and proc_pid_fd(5).</summary>
/// <param name="Part">The name of the process.</param>
/// <param name="Age">How long the process has run.</param>
/// <param name="Memory">The resident memory, in bytes.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Handles">The number of open files and sockets.</param>
/// <param name="LogBytes">How much the process has logged so far, in bytes.</param>
internal sealed record PartSample(string Part, TimeSpan Age, long Memory, int Threads, int Handles, long LogBytes)
{
    /// <summary>Takes a sample of a process; null if the process has just ended.</summary>
    public static PartSample? Of(ServiceProcess part)
    {
        try
        {
            var status = File.ReadLines($"/proc/{part.Id}/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim());
            return status.TryGetValue("VmRSS", out var memory)
                ? new PartSample(part.Name, part.Age, 1024 * Number(memory), (int)Number(status["Threads"]), Directory.GetFiles($"/proc/{part.Id}/fd").Length, part.LogBytes)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}

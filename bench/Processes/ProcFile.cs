using System.Globalization;

namespace Skypunch.Bench.Processes;

/// <summary>What Linux reports about a process under <c>/proc</c>: see proc_pid_stat(5) and proc_pid_status(5).</summary>
internal static class ProcFile
{
    private const int ParentField = 1;
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;

    // USER_HZ, which is 100 on every architecture that .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>The CPU time that all threads of a process have used, in user and kernel mode; zero if the process has ended.</summary>
    public static TimeSpan CpuTime(int pid)
        => StatOf(pid) is { } stat ? Tick * (Number(stat[UserTimeField]) + Number(stat[SystemTimeField])) : TimeSpan.Zero;

    /// <summary>The highest resident memory of a process, in bytes; zero if the process has ended.</summary>
    public static long PeakMemory(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>A process and all its descendants. For the first process of a container these are all processes of the container.</summary>
    public static List<int> Tree(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .Select(pid => (Pid: pid, Stat: StatOf(pid)))
            .Where(process => process.Stat is not null)
            .ToLookup(process => (int)Number(process.Stat![ParentField]), process => process.Pid);
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i]]);
        }

        return tree;
    }

    // The fields after the process's name. The name is in brackets and may contain anything.
    private static string[]? StatOf(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

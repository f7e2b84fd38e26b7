using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>
/// How much of the machine's processors went to others since a moment: not to a system's own processes and not to the tests. What a system does under a
/// deadline takes that much longer, for no fault of its own. Its database and broker count as others, as they do little.
/// </summary>
internal sealed class ForeignLoad(RunningSystem system)
{
    private const double MostThatCounts = 0.9; // ten times as long, and no longer
    private const int FirstOfProcessTimes = 11; // utime and stime, counted from behind the name: see proc_pid_stat(5)

    private readonly Ticks _begin = Ticks.Now(system);

    /// <summary>How much longer everything took since then than on a machine of its own: 1 where nobody else wanted anything.</summary>
    public double Slowdown
    {
        get
        {
            var (begin, end) = (_begin, Ticks.Now(system));
            var all = end.Busy + end.Idle - begin.Busy - begin.Idle;
            var foreign = end.Busy - begin.Busy - Math.Max(0, end.Own - begin.Own);
            return all <= 0 ? 1 : 1 / (1 - Math.Clamp((double)foreign / all, 0, MostThatCounts));
        }
    }

    private sealed record Ticks(long Busy, long Idle, long Own)
    {
        /// <summary>Reads the counters; all zero where the system has none of these files.</summary>
        public static Ticks Now(RunningSystem system)
        {
            if (!OperatingSystem.IsLinux())
            {
                return new Ticks(0, 0, 0);
            }

            // cpu user nice system idle iowait irq softirq steal: see proc_stat(5)
            var machine = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(Number).ToArray();
            var idle = machine[3] + machine[4];
            return new Ticks(machine.Sum() - idle, idle, OfProcess(Environment.ProcessId) + system.Parts.Sum(part => OfProcess(part.Id)));
        }

        private static long OfProcess(int id)
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{id}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return Number(fields[FirstOfProcessTimes]) + Number(fields[FirstOfProcessTimes + 1]);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                return 0; // it has just ended
            }
        }

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}

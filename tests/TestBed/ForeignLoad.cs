using System.Globalization;

namespace Skypunch.TestBed;

/// <summary>
/// How much of the machine's processor time other programs have taken since a moment: not the system's own processes, and not the tests.
/// Whatever a system does before a deadline takes that much longer, through no fault of the system. Its database and broker count as
/// others, since they need little.
/// </summary>
internal sealed class ForeignLoad(IEnumerable<ServiceProcess> parts)
{
    private const double MostThatCounts = 0.9; // a slowdown of ten at most
    private const int FirstOfProcessTimes = 11; // the index of utime and stime among the fields after the name: see proc_pid_stat(5)

    private readonly Ticks _begin = Ticks.Now(parts);

    /// <summary>How many times as long everything took since the begin as on an idle machine; 1 if no other program was busy.</summary>
    public double Slowdown
    {
        get
        {
            var (begin, end) = (_begin, Ticks.Now(parts));
            var all = end.Busy + end.Idle - begin.Busy - begin.Idle;
            var foreign = end.Busy - begin.Busy - Math.Max(0, end.Own - begin.Own);
            return all <= 0 ? 1 : 1 / (1 - Math.Clamp((double)foreign / all, 0, MostThatCounts));
        }
    }

    private sealed record Ticks(long Busy, long Idle, long Own)
    {
        /// <summary>Reads the counters; all are zero if the system has no such files.</summary>
        public static Ticks Now(IEnumerable<ServiceProcess> parts)
        {
            if (!OperatingSystem.IsLinux())
            {
                return new Ticks(0, 0, 0);
            }

            // cpu user nice system idle iowait irq softirq steal: see proc_stat(5)
            var machine = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(Number).ToArray();
            var idle = machine[3] + machine[4];
            return new Ticks(machine.Sum() - idle, idle, OfProcess(Environment.ProcessId) + parts.Sum(part => OfProcess(part.Id)));
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
                return 0; // the process has just ended
            }
        }

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}

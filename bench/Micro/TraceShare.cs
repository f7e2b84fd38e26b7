using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Bench.Faults;
using Skypunch.Bench.Reports;
using Skypunch.Bench.WebServer;
using Skypunch.Prober.Probing;
using Skypunch.Prober.Tracing;

namespace Skypunch.Bench.Micro;

/// <summary>
/// The verb <c>trace</c>: what the trace costs a passing probe, as a share of the CPU time of the whole probe. The requirement is 5 % at
/// most.
/// </summary>
internal static class TraceShare
{
    private const int Probes = 20_000;
    private const int SideBySide = 8;
    private const int Traces = 1_000_000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("skypunch-bench-").FullName;
        await using var web = await WebServerProcess.StartAsync(folder);
        await using var parts = ProbeParts.Build();
        var probe = parts.GetRequiredService<HttpProbe>();
        var job = SampleJobs.Job(1, SampleJobs.Noon) with { Url = $"http://127.0.0.1:{web.HttpPort}/ok/1" };
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false, UseCookies = false });

        var bare = await CpuOfOneAsync(Probes, async () => (await http.GetAsync(new Uri(job.Url))).Dispose());
        var whole = await CpuOfOneAsync(Probes, async () => Check(await probe.RunAsync(job, traced: false, CancellationToken.None)));
        var marks = await CpuOfOneAsync(Traces, () => Task.FromResult(PassingTrace.Build()));
        var texts = await CpuOfOneAsync(Traces / 10, () => Task.FromResult(PassingTrace.Build().Write(new SecretMask())));
        Directory.Delete(folder, recursive: true);
        await Console.Out.WriteLineAsync(MarkdownTable.Of(
            ["CPU time of one", "µs", "of a probe"],
            [
                Row("whole probe", whole, whole),
                Row("bare HttpClient request", bare, whole),
                Row("trace: marks", marks, whole),
                Row("trace: marks and texts", texts, whole),
            ]));
    }

    private static string[] Row(string name, TimeSpan cpu, TimeSpan whole)
        => [name, cpu.TotalMicroseconds.ToString("N2", CultureInfo.InvariantCulture), (cpu / whole).ToString("P1", CultureInfo.InvariantCulture)];

    private static void Check(Contracts.ProbeResult result)
    {
        if (!result.Passed)
        {
            throw new BenchException($"The probe should have passed, but failed: {result.Description}");
        }
    }

    // Measures the second of two rounds: in the first, the runtime still compiles the code.
    private static async Task<TimeSpan> CpuOfOneAsync(int count, Func<Task> action)
    {
        await RoundAsync(count, action);
        var before = Environment.CpuUsage.TotalTime;
        await RoundAsync(count, action);
        return (Environment.CpuUsage.TotalTime - before) / count;
    }

    private static Task RoundAsync(int count, Func<Task> action)
        => Task.WhenAll(Enumerable.Range(0, SideBySide).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < count / SideBySide; i++)
            {
                await action();
            }
        })));
}

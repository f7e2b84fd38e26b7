using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Skypunch.Bench.Systems;

namespace Skypunch.Bench.Micro;

/// <summary>Runs the micro-benchmarks in this process: nothing else has to be built, and a run takes a minute or two.</summary>
internal static class MicroBenchmarks
{
    /// <summary>Runs the benchmarks whose full name contains a word.</summary>
    /// <param name="filter">The word; null runs all benchmarks.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string? filter)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Programs.Repository, "artifacts", "bench"));
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly).Run(["--filter", $"*{filter}*"], config).ToList();
        return summaries.Count > 0 && summaries.All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
    }
}

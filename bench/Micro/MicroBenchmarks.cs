namespace Skypunch.Bench.Micro;
internal static class MicroBenchmarks { public static int Run(string? f) => 0; }
internal static class TraceShare { public static Task RunAsync() => Task.CompletedTask; }

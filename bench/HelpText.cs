using Skypunch.Bench.Scenarios;
using Skypunch.Bench.Simulation;

namespace Skypunch.Bench;

/// <summary>The help of the bench.</summary>
internal static class HelpText
{
    public static string Of() =>
        $$"""
        Measures what Skypunch costs and how punctual it is, on this machine, against a bare HttpClient loop.

        Usage: dotnet run -c Release --project bench -- SCENARIO [--mode standalone|distributed] [--seconds N]
               dotnet run -c Release --project bench -- all
               dotnet run -c Release --project bench -- keep SCENARIO [OPTIONS]
               dotnet run -c Release --project bench -- micro [FILTER]
               dotnet run -c Release --project bench -- trace
               dotnet run -c Release --project bench -- simulate [--sweep] [OPTIONS]
               dotnet run -c Release --project bench -- history [--mode MODE] [--frequency N] [TARGETS [DAYS [STORE]]]

        Scenarios:
          NxFs        N targets at F seconds, such as 1000x1s, 5000x1s or 10000x10s
        {{string.Join('\n', ScenarioCatalog.Named.Select(scenario => $"  {scenario.Name,-11} {scenario.Summary}"))}}

          all         the whole set, unattended, in an hour and a half; writes bench/results/ and the tables of bench/README.md
          keep        one scenario; its result replaces the last result of that scenario
          micro       micro-benchmarks of the hot paths: fold, claim queue, batch encoding, trace; FILTER is a word of their names
          trace       what the trace costs a probe that passes, as a share of the CPU time of a whole probe
          history     how long it takes to read the history of many targets (100,000 for 400 days) from a store that it fills, and the disk that it takes: SQLite, or MySQL with --mode distributed; STORE, a file or a connection string, is kept
          simulate    the claim and release loop in simulated time, for loads beyond this machine; takes seconds; see docs/scale.md

        Options:
          --mode      standalone: skypunchd on SQLite (default); distributed: Scheduler, Prober and Notifier on MySQL and RabbitMQ in containers
          --seconds   how long to watch after the warm-up, or to wait before the first alert (default: 30, or what the scenario needs)

        Options of simulate, with their defaults; for several numbers, such as 1,2,4, each number is simulated:
          --sweep              find the highest number of targets with which it keeps up: 99.9 % on time, and results stored within a second
        {{string.Join('\n', SimulationOption.All.Select(option => "  " + option.Help))}}

        The bench starts these as separate processes on this machine and removes them at the end: a web server that notes when each request
        comes, a mail sink, Skypunch, and afterwards the bare loop with the same probes. A line of JSON and tables go to the standard
        output, progress to the standard error.

        Examples:
          dotnet run -c Release --project bench -- 1000x1s                      skypunchd with 1,000 targets every second
          dotnet run -c Release --project bench -- 2000x1s --mode distributed   the three services with 2,000 targets every second
          dotnet run -c Release --project bench -- idle --seconds 300           10 targets at 60 s, watched for five minutes
          dotnet run -c Release --project bench -- simulate --schedulers 4      1,000,000 targets at 60 s with four Schedulers

        How to read the figures: bench/README.md. Run nothing else on the machine, which would spoil the figures; the
        JSON has the load before the run.

        """;
}

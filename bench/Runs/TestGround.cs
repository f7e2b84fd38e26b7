using System.Globalization;
using Skypunch.Bench.Faults;
using Skypunch.Bench.Figures;
using Skypunch.Bench.MailSink;
using Skypunch.Bench.Processes;
using Skypunch.Bench.Reports;
using Skypunch.Bench.Scenarios;
using Skypunch.Bench.Systems;
using Skypunch.Bench.WebServer;

namespace Skypunch.Bench.Runs;

/// <summary>What a run needs besides the system under test: a folder, the web server, the mail sink and the targets.</summary>
internal sealed class TestGround : IAsyncDisposable
{
    private readonly string _folder;

    private TestGround(string folder, WebServerProcess web, MailSinkProcess mail)
    {
        _folder = folder;
        Web = web;
        Mail = mail;
    }

    public required RunPlan Plan { get; init; }

    public required IReadOnlyList<BenchTarget> Targets { get; init; }

    public WebServerProcess Web { get; }

    public MailSinkProcess Mail { get; }

    private Machine Machine { get; } = Machine.OfThisRun();

    public static async Task<TestGround> StartAsync(RunPlan plan)
    {
        var folder = Directory.CreateTempSubdirectory("skypunch-bench-").FullName;
        var web = await WebServerProcess.StartAsync(folder);
        Leftovers.Add(folder, () => Directory.Delete(folder, recursive: true));
        return new TestGround(folder, web, await MailSinkProcess.StartAsync(folder))
        {
            Plan = plan,
            Targets = BenchTarget.Of(plan.Scenario, web.HttpPort, web.HttpsPort),
        };
    }

    /// <summary>Starts the system, which has no targets and no notifiers yet.</summary>
    public async Task<SystemUnderTest> StartSystemAsync()
    {
        if (Plan.Mode is Mode.Standalone)
        {
            return Plan.Scenario.Probers == 1
                ? await StandaloneSystem.StartAsync(File("data"), Web.AuthorityFile)
                : throw new BenchException($"'{Plan.Scenario.Name}' needs --mode distributed: skypunchd has one Prober.");
        }

        var system = await DistributedSystem.StartAsync(new KeyValuePair<string, string>("Prober__TrustedCaFile", Web.AuthorityFile));
        for (var probers = 1; probers < Plan.Scenario.Probers; probers++)
        {
            await system.AddProberAsync();
        }

        return system;
    }

    /// <summary>A file in the run's folder.</summary>
    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>A report with the fields that every run has.</summary>
    public RunReport Report() => new()
    {
        Scenario = Plan.Scenario.Name,
        Mode = Plan.ModeName,
        At = TimeProvider.System.GetUtcNow(),
        Machine = Machine,
    };

    /// <summary>Tells the user on the standard error what happens now.</summary>
    public void Say(string what) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"[{TimeProvider.System.GetLocalNow():HH:mm:ss}] {Plan.Scenario.Name} {Plan.ModeName}: {what}"));

    /// <summary>Watches the system for the given time while it makes probes.</summary>
    public async Task<Watched> WatchAsync(TimeSpan time, IReadOnlyList<MeasuredPart> parts, Func<Task<long?>> countMissed)
    {
        await Web.ResetAsync();
        var missedBefore = await countMissed();
        var from = TimeProvider.System.GetUtcNow();
        var meter = new UsageMeter(parts);
        var serverBefore = Web.Part.CpuTime();
        await Patience.WaitAsync(time);
        var window = new Window(from, TimeProvider.System.GetUtcNow());
        var readings = meter.Read();
        var server = Web.Part.CpuTime() - serverBefore;
        await Patience.WaitAsync(TimeSpan.FromSeconds(1)); // for requests that come late at the end of the window
        var missed = await countMissed() - missedBefore;
        var arrivals = await Web.ArrivalsAsync();
        var probes = arrivals.Count(arrival => window.Includes(arrival.At));
        return new Watched
        {
            Seconds = Math.Round(window.Length.TotalSeconds, 2),
            Probes = probes,
            All = Punctuality.Of(Targets, arrivals, window),
            Healthy = Targets.Any(target => target.Kind is TargetKind.Hang)
                ? Punctuality.Of(Targets.Where(target => target.Kind is not TargetKind.Hang), arrivals, window)
                : null,
            Usage = [.. readings.Select(reading => reading.Per(window.Length, probes))],
            Missed = missed,
            WebServerCpuPer1000 = probes == 0 ? 0 : Math.Round(server.TotalSeconds * 1000 / probes, 3),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Mail.DisposeAsync();
        Leftovers.Remove(_folder);
        Directory.Delete(_folder, recursive: true);
    }
}

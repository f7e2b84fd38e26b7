using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>
/// Whether this process can take work. The answer is at most a second old. However many callers ask, the check of each part runs at most
/// once a second, and never twice at the same time. Every caller gets an answer within a second: a part whose check takes longer is not
/// ready.
/// </summary>
internal sealed class Readiness(HealthCheckService checks, IOptions<HealthCheckServiceOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.8);

    private readonly ConcurrentDictionary<string, Lazy<Check>> _lastChecks = new();

    /// <summary>The state of each part.</summary>
    public async Task<IReadOnlyDictionary<string, HealthReportEntry>> AskAsync()
    {
        var names = options.Value.Registrations.Where(part => part.Tags.Contains(ReadyTag.Name)).Select(part => part.Name).ToList();
        var answers = await Task.WhenAll(names.Select(AskAsync));
        return names.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private async Task<HealthReportEntry> AskAsync(string part)
    {
        var check = CheckOf(part);
        try
        {
            return (await check.Answer.WaitAsync(Patience, clock)).Entries[part];
        }
        catch (TimeoutException)
        {
            var waited = clock.GetElapsedTime(check.Begun);
            return new HealthReportEntry(HealthStatus.Unhealthy, $"has not answered for {Math.Round(waited.TotalSeconds, 1)} s", waited, null, null);
        }
    }

    // All callers share the check that runs or has just ended.
    private Check CheckOf(string part)
    {
        var current = _lastChecks.AddOrUpdate(
            part,
            _ => new Lazy<Check>(() => Begin(part)),
            (_, last) => IsStillGood(last.Value) ? last : new Lazy<Check>(() => Begin(part)));
        return current.Value;
    }

    private bool IsStillGood(Check check) => !check.Answer.IsCompleted || clock.GetElapsedTime(check.Begun) < Fresh;

    private Check Begin(string part) => new(clock.GetTimestamp(), Task.Run(() => checks.CheckHealthAsync(check => check.Name == part)));

    private sealed record Check(long Begun, Task<HealthReport> Answer);
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>
/// Whether this process can take work, at most a second old. However many ask, each part is asked once at a time and once a second, and everybody has an answer within a second: a part that
/// does not say anything in that time is not ready.
/// </summary>
internal sealed class Readiness(HealthCheckService checks, IOptions<HealthCheckServiceOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.8);

    private readonly ConcurrentDictionary<string, Lazy<Look>> _looks = new();

    /// <summary>What each part says.</summary>
    public async Task<IReadOnlyDictionary<string, HealthReportEntry>> AskAsync()
    {
        var names = options.Value.Registrations.Where(part => part.Tags.Contains(HostingExtensions.ReadyTag)).Select(part => part.Name).ToList();
        var answers = await Task.WhenAll(names.Select(AskAsync));
        return names.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private async Task<HealthReportEntry> AskAsync(string part)
    {
        var look = LookAt(part);
        try
        {
            return (await look.Answer.WaitAsync(Patience, clock)).Entries[part];
        }
        catch (TimeoutException)
        {
            var waited = clock.GetElapsedTime(look.Begun);
            return new HealthReportEntry(HealthStatus.Unhealthy, $"has not answered for {Math.Round(waited.TotalSeconds, 1)} s", waited, null, null);
        }
    }

    // The look that goes on, or has just ended, is everybody's.
    private Look LookAt(string part)
    {
        var current = _looks.AddOrUpdate(
            part,
            _ => new Lazy<Look>(() => Begin(part)),
            (_, last) => IsStillGood(last.Value) ? last : new Lazy<Look>(() => Begin(part)));
        return current.Value;
    }

    private bool IsStillGood(Look look) => !look.Answer.IsCompleted || clock.GetElapsedTime(look.Begun) < Fresh;

    private Look Begin(string part) => new(clock.GetTimestamp(), Task.Run(() => checks.CheckHealthAsync(check => check.Name == part)));

    private sealed record Look(long Begun, Task<HealthReport> Answer);
}

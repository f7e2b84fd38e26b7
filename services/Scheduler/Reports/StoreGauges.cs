using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Reports;

/// <summary>
/// Reads the state of the whole store every 15 seconds, for the metrics. Every Scheduler gives the same values: queries must take their
/// maximum, not their sum.
/// </summary>
internal sealed class StoreGauges : WorkLoop
{
    private readonly IServiceScopeFactory _scopes;
    private Skypunch.Admin.V1.GetSystemStatusResponse _seen = new();
    private long _openIncidents;

    public StoreGauges(IServiceScopeFactory scopes, IMeterFactory meters, BusGate busGate, TimeProvider clock, ILogger<StoreGauges> logger)
        : base(busGate, clock, logger)
    {
        _scopes = scopes;
        var meter = meters.Create(SkypunchTelemetry.MeterName);
        meter.CreateObservableGauge("skypunch_targets", Targets, description: "Targets by status: new, pass, fail, disabled.");
        meter.CreateObservableGauge(
            "skypunch_schedule_lag",
            () => Seen.Lag?.ToTimeSpan().TotalSeconds ?? 0,
            unit: "s",
            description: "For how long the target that is due longest has been due.");
        meter.CreateObservableGauge(
            "skypunch_status_changes_unannounced",
            () => Seen.UnannouncedChangeCount,
            description: "Status changes that no Notifier has stored yet.");
        meter.CreateObservableGauge("skypunch_incidents_open", () => Interlocked.Read(ref _openIncidents), description: "Incidents that are open.");
        meter.CreateObservableGauge("skypunch_probers_alive", () => Seen.Probers.Count, description: "Probers seen within the last minute.");
    }

    protected override TimeSpan Interval => TimeSpan.FromSeconds(15);

    private Skypunch.Admin.V1.GetSystemStatusResponse Seen => Volatile.Read(ref _seen);

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SchedulerDb>();
        Interlocked.Exchange(ref _openIncidents, await db.Incidents.CountAsync(incident => incident.EndedAt == null, cancellationToken));
        Volatile.Write(ref _seen, await scope.ServiceProvider.GetRequiredService<SystemReport>().WriteAsync(cancellationToken));
    }

    private IEnumerable<Measurement<long>> Targets()
    {
        var counts = Seen.Targets ?? new();
        yield return new(counts.NewCount, new KeyValuePair<string, object?>("status", "new"));
        yield return new(counts.PassCount, new KeyValuePair<string, object?>("status", "pass"));
        yield return new(counts.FailCount, new KeyValuePair<string, object?>("status", "fail"));
        yield return new(counts.DisabledCount, new KeyValuePair<string, object?>("status", "disabled"));
    }
}

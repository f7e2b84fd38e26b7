using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Reports;

/// <summary>
/// The page <c>/metrics/targets</c>: the state of each enabled target, with the metric names of Prometheus' blackbox_exporter, so that
/// dashboards made for it work. The page is read from the store, so every Scheduler answers the same.
/// </summary>
internal sealed class TargetMetricsPage(SchedulerDb db, IOptions<SchedulerOptions> options)
{
    private const string Success = "probe_success";
    private const string Duration = "probe_duration_seconds";
    private const string Phase = "probe_http_duration_seconds";
    private const string Status = "probe_http_status_code";
    private const string Certificate = "probe_ssl_earliest_cert_expiry";
    private const string State = "skypunch_target_status";
    private const string LastAt = "skypunch_target_last_probe_timestamp_seconds";
    private const string Missed = "skypunch_target_missed_slots";

    // A larger page is of no use to Prometheus. A metric says how many targets are not on the page.
    private const int MostTargets = 10_000;

    private static readonly Expression<Func<Target, Shown>> Columns =
        t => new Shown(t.Id, t.Name ?? "", t.Url ?? "", t.ServiceType, t.Status, t.LastUpdated, t.LastProbe, t.MissedCount);

    /// <summary>Writes the page.</summary>
    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        var page = Declare();
        var count = await db.Targets.CountAsync(t => t.Enabled, cancellationToken);
        page.Add("skypunch_targets_not_listed", "", Math.Max(0, count - MostTargets));
        var targets = await ReadAsync(cancellationToken);
        var more = await ReadLabelsAsync(targets, cancellationToken);
        foreach (var t in targets)
        {
            // blackbox_exporter's documentation sets it up so that "instance" is the probed address.
            var labels = string.Join(',', (string[])
            [
                MetricText.Label("instance", TargetAddress.Of(t.Url, t.ServiceType)),
                MetricText.Label("target", OneLine.Of(t.Name)),
                MetricText.Label("target_id", t.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. more[t.Id],
            ]);
            page.Add(State, labels, t.Status switch { TargetStatus.Pass => 1, TargetStatus.Fail => 0, _ => -1 });
            page.Add(LastAt, labels, t.LastUpdated?.ToUnixTimeMilliseconds() / 1000.0);
            page.Add(Missed, labels, t.MissedCount);
            if (Model.LastProbe.Read(t.LastProbe) is { } last)
            {
                Add(page, labels, last);
            }
        }

        return page.ToString();
    }

    private async Task<ILookup<long, string>> ReadLabelsAsync(List<Shown> targets, CancellationToken cancellationToken)
    {
        var shown = MetricLabels.Read(options.Value.MetricLabels)!;
        var labelled = shown.Count == 0 ? [] : await db.ReadLabelsAsync(targets.Select(t => t.Id), cancellationToken);
        return (from target in labelled.Values
                from label in shown
                let found = target.Labels.Find(l => l.Name == label.Key)
                where found is not null
                select (target.Id, Text: MetricText.Label(label.Name, OneLine.Of(found.Value)))).ToLookup(label => label.Id, label => label.Text);
    }

    // A row that cannot be read is left out. The other rows are on the page all the same.
    private async Task<List<Shown>> ReadAsync(CancellationToken cancellationToken)
    {
        var enabled = db.Targets.AsNoTracking().Where(t => t.Enabled).OrderBy(t => t.Id).Take(MostTargets);
        try
        {
            return await enabled.Select(Columns).ToListAsync(cancellationToken);
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            var shown = new List<Shown>();
            await Halves.RunAsync(
                await enabled.Select(t => t.Id).ToListAsync(cancellationToken),
                async part => shown.AddRange(await db.Targets.Where(t => part.Contains(t.Id)).OrderBy(t => t.Id).Select(Columns).ToListAsync(cancellationToken)),
                (_, _) => Task.CompletedTask);
            return shown;
        }
    }

    private static void Add(MetricText page, string labels, LastProbe last)
    {
        page.Add(Success, labels, last.Passed ? 1 : 0);
        page.Add(Duration, labels, last.Duration.TotalSeconds);
        page.Add(Status, labels, last.StatusCode ?? 0);
        page.Add(Certificate, labels, last.CertificateNotAfter?.ToUnixTimeSeconds());
        AddPhase("auth", last.Timings.Auth);
        AddPhase("resolve", last.Timings.Dns);
        AddPhase("connect", last.Timings.Connect);
        AddPhase("tls", last.Timings.Tls);
        AddPhase("processing", last.Timings.Wait);
        AddPhase("transfer", last.Timings.Transfer);

        void AddPhase(string phase, TimeSpan? took) => page.Add(Phase, $"{labels},{MetricText.Label("phase", phase)}", took?.TotalSeconds);
    }

    private static MetricText Declare()
    {
        var page = new MetricText();
        page.Declare(Success, "Whether the last probe passed.");
        page.Declare(Duration, "How long the last probe took.");
        page.Declare(Phase, "How long each phase of the last probe took: auth, resolve, connect, tls, processing, transfer.");
        page.Declare(Status, "The HTTP status of the last answer; 0: there was none.");
        page.Declare(Certificate, "When the first of the server's certificates ends, in seconds since 1970.");
        page.Declare(State, "The verdict on the target: 1 PASS, 0 FAIL, -1 NEW.");
        page.Declare(LastAt, "When the last result was recorded, in seconds since 1970.");
        page.Declare(Missed, "Slots of the target that nobody ran.");
        page.Declare("skypunch_targets_not_listed", "Enabled targets that are not on this page, as it would be too large.");
        return page;
    }

    private sealed record Shown(
        long Id,
        string Name,
        string Url,
        string? ServiceType,
        TargetStatus Status,
        DateTimeOffset? LastUpdated,
        string? LastProbe,
        long MissedCount);
}

using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Skypunch.Notifier.Deliveries;
using Skypunch.Prober.Doubt;
using Skypunch.Prober.Jobs;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.OAuth2;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Reports;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Telemetry;
using Skypunch.UnitTests.Prober;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.UnitTests.Deployment;

/// <summary>The alert rules and the dashboard name only metrics that Skypunch has.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Folder = Path.Combine(Sources.Folder, "docs", "monitoring");

    [Theory]
    [InlineData("prometheus-rules.yaml")]
    [InlineData("grafana-dashboard.json")]
    public async Task Every_metric_that_is_named_is_there(string file)
    {
        var named = MetricName().Matches(await File.ReadAllTextAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken))
            .Select(match => match.Value)
            .ToHashSet();

        var known = Instruments().Concat(await TargetMetricsAsync()).ToHashSet();

        Assert.InRange(named.Count, 10, 100);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public async Task Every_alert_is_explained_in_the_handbook()
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Folder, "prometheus-rules.yaml"), TestContext.Current.CancellationToken);
        var handbook = await File.ReadAllTextAsync(Path.Combine(Sources.Folder, "docs", "operations.md"), TestContext.Current.CancellationToken);

        var alerts = AlertName().Matches(rules).Select(match => match.Groups[1].Value).ToList();

        Assert.InRange(alerts.Count, 15, 50);
        Assert.All(alerts, alert => Assert.Contains($"| `{alert}` |", handbook, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_dashboard_is_JSON_whose_panels_do_not_overlap()
    {
        using var dashboard = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Folder, "grafana-dashboard.json"), TestContext.Current.CancellationToken));

        var cells = dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel =>
        {
            var at = panel.GetProperty("gridPos");
            var (x, y) = (at.GetProperty("x").GetInt32(), at.GetProperty("y").GetInt32());
            return Enumerable.Range(x, at.GetProperty("w").GetInt32())
                .SelectMany(column => Enumerable.Range(y, at.GetProperty("h").GetInt32()).Select(row => (column, row)));
        }).ToList();

        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.column, 0, 23));
    }

    // The names that the exporter makes: opentelemetry.io, "Prometheus and OpenMetrics Compatibility".
    private static List<string> Instruments()
    {
        var names = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == SkypunchTelemetry.MeterName)
            {
                var name = instrument.Unit == "s" ? $"{instrument.Name}_seconds" : instrument.Name;
                lock (names)
                {
                    names.AddRange(instrument.GetType().Name.Split('`')[0] switch
                    {
                        "Counter" => [$"{name}_total"],
                        "Histogram" => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
                        _ => new[] { name },
                    });
                }
            }
        };
        listener.Start();
        using var services = AProbe.Parts()
            .AddSingleton<ReleaseQueue>()
            .AddSingleton<BusGate>()
            .AddSingleton<PutAside>()
            .AddSingleton<BadRows>()
            .AddSingleton<ScheduleMetrics>()
            .AddSingleton<FoldMetrics>()
            .AddSingleton<StoreGauges>()
            .AddSingleton<NotifierMetrics>()
            .BuildServiceProvider();
        _ = services.GetRequiredService<ProberMetrics>();
        _ = services.GetRequiredService<DoubtMetrics>();
        _ = services.GetRequiredService<KeystoneTokens>();
        _ = services.GetRequiredService<OAuth2Authentication>();
        _ = services.GetRequiredService<PutAside>();
        _ = services.GetRequiredService<ScheduleMetrics>();
        _ = services.GetRequiredService<FoldMetrics>();
        _ = services.GetRequiredService<StoreGauges>();
        _ = services.GetRequiredService<NotifierMetrics>();
        lock (names)
        {
            return [.. names];
        }
    }

    private static async Task<IEnumerable<string>> TargetMetricsAsync()
    {
        using var store = new SchedulerStore();
        await using var db = store.Open();
        var page = await new TargetMetricsPage(db, Options.Create(new SchedulerOptions())).WriteAsync(TestContext.Current.CancellationToken);
        return TypeLine().Matches(page).Select(match => match.Groups[1].Value);
    }

    [GeneratedRegex(@"\b(skypunch|probe)_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"# TYPE (\w+) gauge")]
    private static partial Regex TypeLine();
}

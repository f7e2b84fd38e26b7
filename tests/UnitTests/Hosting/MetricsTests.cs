using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Prober;
using Skypunch.Prober.Jobs;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Doors;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.UnitTests.Hosting;

public sealed class MetricsTests
{
    private const string Elsewhere = "192.0.2.1";

    [Theory]
    [InlineData("127.0.0.1", null, HttpStatusCode.OK)]
    [InlineData("::1", null, HttpStatusCode.OK)]
    [InlineData(Elsewhere, null, HttpStatusCode.Unauthorized)]
    [InlineData(Elsewhere, "wrong", HttpStatusCode.Unauthorized)]
    [InlineData(Elsewhere, "metrics-token", HttpStatusCode.OK)]
    [InlineData(Elsewhere, "admin-token", HttpStatusCode.OK)]
    public async Task Metrics_are_read_on_this_machine_or_with_a_token(string from, string? token, HttpStatusCode expected)
    {
        await using var app = await StartAsync(from, ("Metrics:Token", "metrics-token"), ("Admin:Token", "admin-token"));

        using var response = await GetAsync(app, token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", null, HttpStatusCode.Unauthorized)]
    [InlineData("127.0.0.1", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("127.0.0.1", "metrics-token", HttpStatusCode.OK)]
    [InlineData(Elsewhere, "admin-token", HttpStatusCode.OK)]
    public async Task Metrics_that_name_targets_are_read_with_a_token_only(string from, string? token, HttpStatusCode expected)
    {
        await using var app = await StartAsync(from, ("Metrics:Token", "metrics-token"), ("Admin:Token", "admin-token"));

        using var response = await GetAsync(app, token, "/named");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Without_any_token_metrics_are_read_on_this_machine_only()
    {
        await using var app = await StartAsync(Elsewhere);

        using var response = await GetAsync(app, "");

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    [Fact]
    public async Task A_Prober_counts_its_probes_under_the_names_that_the_rules_use()
    {
        await using var app = await StartAsync("127.0.0.1");
        var metrics = app.Services.GetRequiredService<ProberMetrics>();
        metrics.Ended(Result(ProbeReasons.Ok));
        metrics.Ended(Result("of_this_test"));
        metrics.Ended(Result("of_this_test"));
        metrics.NotRun();
        metrics.Dropped(3);

        using var response = await GetAsync(app, null);

        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .Split('\n')
            .Select(line => System.Text.RegularExpressions.Regex.Replace(line, """otel_scope_\w+="[^"]*",?""", "").Replace("{}", "", StringComparison.Ordinal))
            .Select(line => System.Text.RegularExpressions.Regex.Replace(line, " [0-9]{13}$", ""))
            .ToList();
        Assert.Equal(2, ValueOf("skypunch_probe_failures_total{reason=\"of_this_test\"}"));

        // Other tests in this process may count at the same time.
        Assert.InRange(ValueOf("skypunch_probes_total{result=\"pass\"}"), 1, double.MaxValue);
        Assert.InRange(ValueOf("skypunch_probes_total{result=\"fail\"}"), 2, double.MaxValue);
        Assert.InRange(ValueOf("skypunch_probe_failures_total{reason=\"internal\"}"), 1, double.MaxValue);
        Assert.InRange(ValueOf("skypunch_probes_dropped_total"), 3, double.MaxValue);
        Assert.InRange(ValueOf("skypunch_probes_in_flight"), 0, double.MaxValue);
        Assert.InRange(ValueOf("skypunch_probe_duration_seconds_bucket{le=\"0.25\"}"), 3, double.MaxValue);
        Assert.Contains(lines, line => line.StartsWith("dotnet_gc_", StringComparison.Ordinal));

        double ValueOf(string series) => double.Parse(
            Assert.Single(lines, line => line.StartsWith($"{series} ", StringComparison.Ordinal))[series.Length..],
            System.Globalization.CultureInfo.InvariantCulture);
    }

    private static ProbeResult Result(string reason) => new()
    {
        TargetId = 1,
        Slot = DateTimeOffset.UnixEpoch,
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromMilliseconds(200),
        Reason = reason,
        Description = "words",
    };

    private static async Task<HttpResponseMessage> GetAsync(WebApplication app, string? token, string path = "/metrics")
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}{path}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(string from, params (string Key, string Value)[] settings)
    {
        var builder = TestHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Health:Url"] = "http://127.0.0.1:0",
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.AddServiceDefaults();
        builder.Services.AddProberParts();
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(from);
            return next(context);
        });
        app.MapServiceDefaults();
        app.MapGet("/named", () => "").RequireMetricsToken(app).AtHealthDoor();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}

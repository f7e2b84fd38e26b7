using Skypunch.Notifier.Channels.Alerts;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.PagerDuty;

/// <summary>Opens and resolves incidents of PagerDuty by its Events API v2: one for each target.</summary>
internal sealed class PagerDutyChannel(HttpNetwork network) : HttpChannel(network)
{
    private const string Api = "https://events.pagerduty.com";

    // PagerDuty takes about 120 events a minute, and says no time.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public override ChannelDescription Description { get; } = new(
        "PAGERDUTY",
        "Opens an incident of PagerDuty for each failure, and resolves it with the recovery.",
        Address: null,
        [
            new("routing_key", ParameterKind.Text, "KEY", "The integration key of a service (Events API v2), or of an event orchestration.") { IsRequired = true, IsSecret = true },
            new("severity", ParameterKind.Choice, "WORD", "The severity of failures.") { Choices = ["critical", "error", "warning", "info"], Default = "critical" },
            AlertKey.Parameter,
            new("api", ParameterKind.Url, "URL", "The server of the Events API; in Europe https://events.eu.pagerduty.com.") { Default = Api },
        ])
    {
        TakesDigests = false,
    };

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
        => base.Judge(request, answer) is var outcome && answer.Status == 429 ? outcome with { After = outcome.After ?? Pause } : outcome;

    protected override IEnumerable<string> Faults(ParameterValues values) => AlertKey.FaultOf(values) is { } fault ? [fault] : [];

    protected override HttpCall Call(ParameterValues values, Telling telling) => HttpCall.Json(
        UrlParameter.Below(UrlParameter.Of(values, "api", Api), "v2/enqueue"),
        PagerDutyEvent.Of(SingleAlert.Of(telling), values.Text("routing_key")!, AlertKey.Of(values, telling), values.Choice("severity") ?? "critical"));
}

using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Alertmanager;

/// <summary>Posts alerts to an Alertmanager by its API v2: a failure begins an alert, and the recovery ends it.</summary>
internal sealed class AlertmanagerChannel(HttpNetwork network) : HttpChannel(network)
{
    private const int DefaultHours = 24;
    private const int MostHours = 720;

    private static readonly string[] Severities = ["critical", "error", "warning", "info"];

    public override ChannelDescription Description { get; } = new(
        "ALERTMANAGER",
        "Posts alerts to a Prometheus Alertmanager, which end with the recovery.",
        Address: null,
        [
            new("url", ParameterKind.Url, "URL", "The Alertmanager, such as http://alertmanager:9093. Each member of a cluster needs a notifier of its own.") { IsRequired = true },
            new("user", ParameterKind.Text, "NAME", "Whom to log in as. It comes with password."),
            new("password", ParameterKind.Text, "PASSWORD", "The password of the user.") { IsSecret = true },
            new("token", ParameterKind.Text, "TOKEN", "A bearer token in place of user and password.") { IsSecret = true },
            new("severity", ParameterKind.Choice, "WORD", "The label severity of failures.") { Choices = Severities, Default = "critical" },
            new("hours", ParameterKind.Number, "NUMBER", "After how many hours an alert ends by itself, where no recovery comes.") { Most = MostHours, Default = $"{DefaultHours}" },
        ]);

    protected override IEnumerable<string> Faults(ParameterValues values) => LoginParameters.Faults(values);

    protected override HttpCall Call(ParameterValues values, Telling telling) => HttpCall.Json(
        UrlParameter.Below(UrlParameter.Of(values, "url"), "api/v2/alerts"),
        AlertmanagerAlerts.Of(telling, values.Choice("severity") ?? "critical", TimeSpan.FromHours(values.Number("hours") ?? DefaultHours)),
        LoginParameters.Headers(values));
}

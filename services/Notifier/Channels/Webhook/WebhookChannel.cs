using Skypunch.Notifier.Channels.Http;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Channels.Webhook;

/// <summary>Sends a request to a URL for each change. The URL is a secret: many receivers know the sender by it.</summary>
internal sealed class WebhookChannel(HttpNetwork network) : HttpChannel(network)
{
    public override ChannelDescription Description { get; } = new(
        "WEBHOOK",
        "Sends each change as JSON to a URL (POST).",
        Address: null,
        [
            new("url", ParameterKind.Url, "URL", "Where the messages go: a URL of http or https.") { IsRequired = true, IsSecret = true },
            new("headers", ParameterKind.Lines, "LINES", "Headers that go along, as 'Name: value', each on a line of its own.") { IsSecret = true },
        ]);

    public override IReadOnlyList<ChannelFault> Check(ChannelForm form)
    {
        var faults = new List<ChannelFault>();
        if (form.Address.Length > 0)
        {
            faults.Add(ChannelFault.OfAddress("must be empty: the url in params says where the messages go"));
        }

        return WebhookSettings.TryParse(Description.Parameters, form.Parameters, out _, out var parameterFaults)
            ? faults
            : [.. faults, .. parameterFaults.Select(ChannelFault.OfParameters)];
    }

    public override HttpCall Render(ChannelForm form, Telling telling)
    {
        if (!WebhookSettings.TryParse(Description.Parameters, form.Parameters, out var settings, out _))
        {
            throw new ArgumentException("The check does not pass this form.", nameof(form));
        }

        return new HttpCall(
            HttpMethod.Post,
            settings.Url,
            [new("User-Agent", $"Skypunch/{SkypunchVersion.Current}"), new(WebhookSettings.IdHeader, telling.Id), .. settings.Headers],
            "application/json",
            WebhookBody.Of(telling));
    }
}

using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Webhook;

/// <summary>Sends a request to a URL for each change. The URL is a secret: many receivers know the sender by it.</summary>
internal sealed class WebhookChannel(HttpNetwork network) : HttpChannel(network)
{
    private static readonly string[] SetBySkypunch = [HttpCall.IdHeader, "Content-Type", "Host", .. WebhookSignature.Names];

    public override ChannelDescription Description { get; } = new(
        "WEBHOOK",
        "Sends each change as JSON to a URL.",
        Address: null,
        [
            new("url", ParameterKind.Url, "URL", "Where the messages go: a URL of http or https.") { IsRequired = true, IsSecret = true },
            new("headers", ParameterKind.Lines, "LINES", "Headers that go along, as 'Name: value', each on a line of its own.") { IsSecret = true },
            new("method", ParameterKind.Choice, "WORD", "The method of the requests.") { Choices = ["post", "put"], Default = "post" },
            new("secret", ParameterKind.Text, "SECRET", "What messages are signed with (Standard Webhooks): whsec_ and 24 to 64 bytes in base64. While it is replaced: the new and the old one, with a blank between.")
            {
                IsSecret = true,
            },
        ]);

    protected override IEnumerable<string> Faults(ParameterValues values)
    {
        if (!HeaderText.TryParse(values.Text("headers"), out var headers, out var error))
        {
            yield return $"has headers that cannot be sent: the text {error}";
        }
        else if (headers.FirstOrDefault(header => SetBySkypunch.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).Key is { } ours)
        {
            yield return $"must not have {ours} in headers: Skypunch sets it itself";
        }

        if (values.Text("secret") is { } secret && WebhookSignature.FaultOf(secret) is { } fault)
        {
            yield return fault;
        }
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        _ = HeaderText.TryParse(values.Text("headers"), out var headers, out _);
        var body = WebhookBody.Of(telling);
        var signature = values.Text("secret") is { } secret ? WebhookSignature.Headers(secret, telling.Id, telling.At, body) : [];
        return new HttpCall(
            values.Choice("method") is "put" ? HttpMethod.Put : HttpMethod.Post,
            UrlParameter.Of(values, "url"),
            [.. signature, .. headers!],
            "application/json",
            body);
    }
}

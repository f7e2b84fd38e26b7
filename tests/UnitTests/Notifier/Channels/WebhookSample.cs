using System.Text.Json;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Webhook;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the webhook channel.</summary>
internal sealed class WebhookSample() : HttpSample(network => new WebhookChannel(network))
{
    public override string At(string origin) => $"url={origin}/s3cr3t?key=s3cr3t,headers=\"Authorization: Bearer s3cr3t\nX-Team: ops, all\"";

    protected override void AssertFits(HttpCall call, JsonElement json) => Assert.Equal(JsonValueKind.Object, json.GetProperty("data").ValueKind);
}

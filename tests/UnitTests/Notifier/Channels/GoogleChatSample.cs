using System.Text.Json;
using Skypunch.Notifier.Channels.GoogleChat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Google Chat.</summary>
internal sealed class GoogleChatSample() : HttpSample(network => new GoogleChatChannel(network))
{
    public override string At(string origin) => $"url={origin}/v1/spaces/S/messages?key=s3cr3t-key&token=s3cr3t-token";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        var text = json.GetProperty("text").GetString()!;
        Assert.InRange(text.Length, 1, 4096);
        Assert.DoesNotContain("<", text); // <users/all>, <https://…|a link>
    }
}

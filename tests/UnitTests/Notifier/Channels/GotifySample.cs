using System.Text.Json;
using Skypunch.Notifier.Channels.Gotify;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Gotify.</summary>
internal sealed class GotifySample() : HttpSample(network => new GotifyChannel(network))
{
    public override string At(string origin) => $"server={origin}/gotify/,token=As3cr3t-token,priority=9";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        Assert.InRange(json.GetProperty("message").GetString()!.Length, 1, 8000);
        Assert.InRange(json.GetProperty("priority").GetInt32(), 0, 10);
        Assert.DoesNotContain("s3cr3t", call.Url.ToString());
    }
}

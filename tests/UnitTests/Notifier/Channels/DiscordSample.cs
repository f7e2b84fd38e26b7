using System.Text.Json;
using Skypunch.Notifier.Channels.Discord;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Discord.</summary>
internal sealed class DiscordSample() : HttpSample(network => new DiscordChannel(network))
{
    public override string At(string origin) => $"url={origin}/api/webhooks/1/s3cr3t-token,thread=42";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        var embed = Assert.Single(json.GetProperty("embeds").EnumerateArray());
        var (title, description, footer) = (embed.GetProperty("title").GetString()!, embed.GetProperty("description").GetString()!, embed.GetProperty("footer").GetProperty("text").GetString()!);
        Assert.InRange(title.Length, 1, 256);
        Assert.InRange(description.Length, 1, 4096);
        Assert.InRange(title.Length + description.Length + footer.Length, 1, 6000);
        Assert.Empty(json.GetProperty("allowed_mentions").GetProperty("parse").EnumerateArray());
        Assert.DoesNotMatch(@"(?<!\\)[\[<`@]", description);
    }
}

using System.Text.Json;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Slack;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Slack.</summary>
internal sealed class SlackSample() : HttpSample(network => new SlackChannel(network))
{
    public override string At(string origin) => $"url={origin}/services/T0/B0/s3cr3t,channel=#ops,username=Skypunch";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        var attachment = Assert.Single(json.GetProperty("attachments").EnumerateArray());
        string[] texts = [json.GetProperty("text").GetString()!, attachment.GetProperty("text").GetString()!, attachment.GetProperty("fallback").GetString()!];
        Assert.InRange(texts[1].Length, 1, 3000);
        Assert.InRange(texts[0].Length + texts[2].Length, 1, 2100);
        Assert.All(texts, text =>
        {
            Assert.DoesNotContain("<", text); // <!channel>, <@U0>, <http://…|a link>
            Assert.DoesNotContain("@all", text);
            Assert.DoesNotContain("](", text);
        });
    }
}

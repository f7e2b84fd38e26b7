using System.Text;
using System.Text.Json;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Teams;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Microsoft Teams.</summary>
internal sealed class TeamsSample() : HttpSample(network => new TeamsChannel(network))
{
    public override string At(string origin) => $"url={origin}/workflows/s3cr3t/triggers/manual/paths/invoke?api-version=2016-06-01&sig=s3cr3t-signature";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(call.Body), 1, 20_000);
        var card = Assert.Single(json.GetProperty("attachments").EnumerateArray()).GetProperty("content");
        Assert.Equal(("AdaptiveCard", "1.2"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));

        // A text block would make links and pictures of Markdown.
        Assert.All(card.GetProperty("body").EnumerateArray(), block =>
        {
            Assert.Equal("RichTextBlock", block.GetProperty("type").GetString());
            Assert.All(block.GetProperty("inlines").EnumerateArray(), run => Assert.Equal("TextRun", run.GetProperty("type").GetString()));
        });
    }
}

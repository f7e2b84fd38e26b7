using System.Text.Json;
using System.Text.RegularExpressions;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Telegram;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Telegram.</summary>
internal sealed partial class TelegramSample() : HttpSample(network => new TelegramChannel(network))
{
    public override string At(string origin) => $"token=123456:s3cr3t-s3cr3t,chat=-1001234567890,thread=7,api={origin}";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        var text = json.GetProperty("text").GetString()!;
        Assert.InRange(text.Length, 1, 4096);
        Assert.All(Tags().Matches(text), tag => Assert.True(tag.Value is "<b>" or "</b>"));
        Assert.DoesNotMatch("&(?!(amp|lt|gt|quot);)", text); // an entity that is cut in two makes Telegram refuse the message
        Assert.Equal(text.Split("<b>").Length, text.Split("</b>").Length);
    }

    [GeneratedRegex("<[^>]*>?")]
    private static partial Regex Tags();
}

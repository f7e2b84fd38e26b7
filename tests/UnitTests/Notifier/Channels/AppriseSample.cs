using System.Text.Json;
using Skypunch.Notifier.Channels.Apprise;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Apprise.</summary>
internal sealed class AppriseSample() : HttpSample(network => new AppriseChannel(network))
{
    public override string At(string origin) => $"server={origin},key=s3cr3t-key,tag=ops,user=me,password=s3cr3t";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        Assert.InRange(json.GetProperty("body").GetString()!.Length, 1, 4000);
        Assert.True(json.GetProperty("type").GetString() is "info" or "success" or "warning" or "failure");
    }
}

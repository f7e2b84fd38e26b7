using System.Text;
using System.Text.Json;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Ntfy;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of ntfy.</summary>
internal sealed class NtfySample() : HttpSample(network => new NtfyChannel(network))
{
    public override string At(string origin) => $"topic=s3cr3t-topic,server={origin},token=tk_s3cr3t,priority=5";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(json.GetProperty("message").GetString()!), 1, 4096);
        Assert.InRange(json.GetProperty("title").GetString()!.Length, 1, 250);
        Assert.InRange(json.GetProperty("priority").GetInt32(), 1, 5);
    }
}

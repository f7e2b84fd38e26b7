using System.Text;
using System.Text.Json;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.PagerDuty;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of PagerDuty.</summary>
internal sealed class PagerDutySample() : HttpSample(network => new PagerDutyChannel(network))
{
    public override string At(string origin) => $"routing_key=s3cr3t-routing-key,severity=error,api={origin}";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        Assert.InRange(json.GetProperty("dedup_key").GetString()!.Length, 1, 255);
        Assert.InRange(Encoding.UTF8.GetByteCount(call.Body), 1, 512 * 1024);
        if (json.GetProperty("event_action").GetString() == "trigger")
        {
            var payload = json.GetProperty("payload");
            Assert.InRange(payload.GetProperty("summary").GetString()!.Length, 1, 1024);
            Assert.InRange(payload.GetProperty("source").GetString()!.Length, 1, 1024);
            Assert.True(payload.GetProperty("severity").GetString() is "critical" or "error" or "warning" or "info");
        }
    }
}

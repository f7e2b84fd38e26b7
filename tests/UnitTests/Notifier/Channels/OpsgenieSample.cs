using System.Text.Json;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Opsgenie;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Opsgenie.</summary>
internal sealed class OpsgenieSample() : HttpSample(network => new OpsgenieChannel(network))
{
    public override string At(string origin) => $"key=s3cr3t-genie-key,priority=p2,prefix=sky.one,api={origin}/base";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        if (!call.Url.AbsolutePath.EndsWith("/close", StringComparison.Ordinal))
        {
            Assert.InRange(json.GetProperty("alias").GetString()!.Length, 1, 512);
            Assert.InRange(json.GetProperty("message").GetString()!.Length, 1, 130);
            Assert.InRange(json.GetProperty("description").GetString()!.Length, 1, 15_000);
        }
    }
}

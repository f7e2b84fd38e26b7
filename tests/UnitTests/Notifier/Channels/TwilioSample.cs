using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Twilio;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Twilio.</summary>
internal sealed class TwilioSample() : HttpSample(network => new TwilioChannel(network))
{
    public override string At(string origin) => $"account=AC0123456789abcdef0123456789abcdef,token=s3cr3t-token,from=+15005550006,to=+4915112345678,api={origin}";

    protected override void AssertFits(HttpCall call, JsonElement json)
        => Assert.InRange(QueryHelpers.ParseQuery(call.Body)["Body"].ToString().Length, 1, 160);
}

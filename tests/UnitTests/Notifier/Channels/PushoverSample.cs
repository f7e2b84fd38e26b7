using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Pushover;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Pushover.</summary>
internal sealed class PushoverSample() : HttpSample(network => new PushoverChannel(network))
{
    public override string At(string origin) => $"token=s3cr3t-token,user=s3cr3t-user,sound=siren,api={origin}";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        var form = QueryHelpers.ParseQuery(call.Body);
        Assert.InRange(form["title"].ToString().Length, 1, 250);
        Assert.InRange(form["message"].ToString().Length, 1, 1024);
        Assert.True(form["priority"].ToString() is "-2" or "-1" or "0" or "1");
    }
}

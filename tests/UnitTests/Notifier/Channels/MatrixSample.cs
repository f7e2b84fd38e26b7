using System.Text;
using System.Text.Json;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Matrix;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Matrix.</summary>
internal sealed class MatrixSample() : HttpSample(network => new MatrixChannel(network))
{
    public override string At(string origin) => $"server={origin},room=!abc:example.org,token=syt_s3cr3t";

    protected override void AssertFits(HttpCall call, JsonElement json)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(call.Body), 1, 60_000);
        var html = json.GetProperty("formatted_body").GetString()!.Replace("<b>", "").Replace("</b>", "").Replace("<br>", "");
        Assert.DoesNotContain("<", html);
        Assert.DoesNotMatch("&(?!(amp|lt|gt|quot);)", html);
    }
}

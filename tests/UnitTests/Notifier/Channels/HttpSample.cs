using System.Text;
using System.Text.Json;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of a channel that speaks HTTP. <see cref="HttpVerdictTests"/> has the meaning of each status in full.</summary>
internal abstract class HttpSample(Func<HttpNetwork, HttpChannel> channel)
    : ChannelSample<HttpCall, HttpAnswer>(channel(new HttpNetwork(Microsoft.Extensions.Options.Options.Create(new NotifierOptions()), TimeProvider.System)))
{
    public override ChannelForm Good => new("", At("https://hooks.example.org"));

    protected override IEnumerable<(SendResult Meaning, HttpAnswer Answer)> Answers =>
    [
        (SendResult.Delivered, new HttpAnswer { Status = 200, Body = "{}" }),
        (SendResult.Retry, new HttpAnswer { Status = 429, RetryAfter = "7", At = AChange.Noon }),
        (SendResult.Retry, new HttpAnswer { Status = 500, Body = "oops" }),
        (SendResult.Retry, new HttpAnswer { Fault = "no connection" }),
        (SendResult.Refused, new HttpAnswer { Status = 302 }),
        (SendResult.Refused, new HttpAnswer { Status = 401 }),
    ];

    /// <summary>The request of a telling.</summary>
    public HttpCall CallOf(Telling telling) => ((HttpChannel)Channel).Render(Good, telling);

    public override void AssertFits(Telling telling)
    {
        var call = CallOf(telling);
        Assert.True(call.Body.EnumerateRunes().All(rune => rune != Rune.ReplacementChar || call.Body.Contains('\uFFFD')));
        if (call.ContentType == "application/json")
        {
            using var json = JsonDocument.Parse(call.Body);
            AssertFits(call, json.RootElement);
        }
        else
        {
            AssertFits(call, default);
        }
    }

    /// <summary>Fails where the receiver would refuse the request, or show what is wrong.</summary>
    protected abstract void AssertFits(HttpCall call, JsonElement json);

    protected override string TextOf(HttpCall request)
        => $"{request.Method} {request.Url}\n{string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{request.ContentType}\n\n{request.Body}";
}

using System.Text.Json;
using Skypunch.Notifier.Channels.Alertmanager;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the channel of Alertmanager.</summary>
internal sealed class AlertmanagerSample() : HttpSample(network => new AlertmanagerChannel(network))
{
    public override string At(string origin) => $"url={origin}/prefix,user=ops,password=s3cr3t,hours=48";

    protected override void AssertFits(HttpCall call, JsonElement json) => Assert.All(json.EnumerateArray(), alert =>
    {
        var labels = alert.GetProperty("labels").EnumerateObject().ToList();
        Assert.Contains(labels, label => label.Name == "alertname");
        Assert.All(labels, label =>
        {
            Assert.Matches("^[a-zA-Z_][a-zA-Z0-9_]*$", label.Name);
            Assert.InRange(label.Value.GetString()!.Length, 1, 300);
        });
        Assert.Equal(labels.Count, labels.DistinctBy(label => label.Name).Count());
        Assert.True(alert.GetProperty("startsAt").GetDateTime() <= alert.GetProperty("endsAt").GetDateTime(), "Alertmanager refuses an alert that ends before it starts");
    });
}

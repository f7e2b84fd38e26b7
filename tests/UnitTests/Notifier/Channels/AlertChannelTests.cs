using System.Text.Json;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The channels whose receivers keep an alert for each target, against the documented answers of their receivers.</summary>
public sealed class AlertChannelTests
{
    [Theory]
    [InlineData(202, """{"status":"success","message":"Event processed","dedup_key":"k"}""", null, "sent")]
    [InlineData(400, """{"status":"invalid event","errors":["'routing_key' is invalid"]}""", null, "given up")]
    [InlineData(429, "", null, "12:00:30")]
    [InlineData(429, "", "90", "12:01:30")]
    [InlineData(500, "", null, "12:00:10")]
    public async Task PagerDuty(int status, string body, string? retryAfter, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new PagerDutySample(), status, body, retryAfter));

    [Fact]
    public async Task A_recovery_resolves_the_incident_that_the_failure_has_opened_whatever_the_target_is_called_by_then()
    {
        var sent = await ChannelLoop.SendAsync(
            new PagerDutySample(), ChannelLoop.Answer(202, "{}"), AChange.Failure(3), AChange.Recovery(3, AChange.Noon.AddSeconds(60)) with { Name = "renamed" }, AChange.Failure(4));

        var events = sent.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement).ToList();
        Assert.All(sent.Requests, request => Assert.Equal(("POST", "/v2/enqueue"), (request.Method, request.Path)));
        Assert.Equal(["trigger", "resolve", "trigger"], events.Select(e => e.GetProperty("event_action").GetString()));
        Assert.Equal(["skypunch-target-3", "skypunch-target-3", "skypunch-target-4"], events.Select(e => e.GetProperty("dedup_key").GetString()));
        var payload = events[0].GetProperty("payload");
        Assert.Equal(("Target 3 has failed: target status:503 != 200-299", "https://example.org/health"), (payload.GetProperty("summary").GetString(), payload.GetProperty("source").GetString()));
        Assert.Equal(("error", "2026-03-01T12:00:00Z", "Target 3"), (payload.GetProperty("severity").GetString(), payload.GetProperty("timestamp").GetString(), payload.GetProperty("component").GetString()));
        Assert.Equal("<web>", payload.GetProperty("custom_details").GetProperty("labels").GetProperty("team").GetString());
    }

    [Theory]
    [InlineData(202, """{"result":"Request will be processed","requestId":"1"}""", "sent")]
    [InlineData(401, """{"message":"Could not authenticate"}""", "given up")]
    [InlineData(403, """{"message":"You are not authorized to access this resource"}""", "given up")]
    [InlineData(422, """{"message":"Request body is not processable"}""", "given up")]
    [InlineData(429, """{"message":"You are making too many requests!"}""", "12:00:30")]
    [InlineData(503, "", "12:00:10")]
    public async Task Opsgenie(int status, string body, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new OpsgenieSample(), status, body));

    [Fact]
    public async Task Opsgenie_closes_by_the_alias_by_which_it_has_opened()
    {
        var sent = await ChannelLoop.SendAsync(new OpsgenieSample(), ChannelLoop.Answer(202, "{}"), AChange.Failure(3), AChange.Recovery(3, AChange.Noon.AddSeconds(60)));

        var opened = JsonDocument.Parse(sent.Requests[0].Body).RootElement;
        Assert.Equal(["/base/v2/alerts", "/base/v2/alerts/sky.one-target-3/close?identifierType=alias"], sent.Requests.Select(request => request.Path));
        Assert.Equal(("sky.one-target-3", "P2", "Target 3 has failed"), (opened.GetProperty("alias").GetString(), opened.GetProperty("priority").GetString(), opened.GetProperty("message").GetString()));
        Assert.Equal("GenieKey s3cr3t-genie-key", sent.Requests[1].Headers["Authorization"]);
    }

    [Theory]
    [InlineData(200, "", "sent")]
    [InlineData(400, "\"start time must be before end time\"", "given up")]
    [InlineData(401, "Unauthorized", "given up")]
    [InlineData(404, "404 page not found", "given up")]
    [InlineData(500, "", "12:00:10")]
    [InlineData(503, "", "12:00:10")]
    public async Task Alertmanager(int status, string body, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new AlertmanagerSample(), status, body));

    [Fact]
    public async Task Alertmanager_ends_an_alert_with_the_same_labels_by_which_it_began()
    {
        var sent = await ChannelLoop.SendAsync(new AlertmanagerSample(), ChannelLoop.Answer(200, ""), AChange.Failure(3), AChange.Recovery(3, AChange.Noon.AddSeconds(60)));

        Assert.All(sent.Requests, request => Assert.Equal(("/prefix/api/v2/alerts", "Basic b3BzOnMzY3IzdA=="), (request.Path, request.Headers["Authorization"])));
        var alerts = sent.Requests.Select(request => Assert.Single(JsonDocument.Parse(request.Body).RootElement.EnumerateArray())).ToList();
        Assert.Equal(
            """{"team":"<web>","alertname":"SkypunchTargetDown","severity":"critical","target_id":"3","target":"Target 3","instance":"https://example.org/health","group":"shop/web"}""",
            alerts[0].GetProperty("labels").GetRawText());
        Assert.Equal(alerts[0].GetProperty("labels").GetRawText(), alerts[1].GetProperty("labels").GetRawText());
        Assert.Equal([AChange.Noon.UtcDateTime.AddHours(48), AChange.Noon.UtcDateTime.AddSeconds(60)], alerts.Select(alert => alert.GetProperty("endsAt").GetDateTime()));
    }

    [Fact]
    public async Task Alertmanager_gets_a_digest_as_alerts_of_its_targets()
    {
        var sent = await ChannelLoop.SendAsync(new AlertmanagerSample(), ChannelLoop.Answer(200, ""), [.. Enumerable.Range(1, 12).Select(i => AChange.Failure(i))]);

        var alerts = JsonDocument.Parse(Assert.Single(sent.Requests).Body).RootElement.EnumerateArray();
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"{i}"), alerts.Select(alert => alert.GetProperty("labels").GetProperty("target_id").GetString()));
    }
}

using System.Text.Json;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The channels that write into chats, against the documented answers of their receivers.</summary>
public sealed class ChatChannelTests
{
    [Theory]
    [InlineData(200, "ok", null, "sent")]
    [InlineData(200, """{"success":true}""", null, "sent")]
    [InlineData(200, """{"success":false,"error":"invalid channel"}""", null, "given up")]
    [InlineData(200, """{"ok":false,"error":"ratelimited"}""", "30", "12:00:30")]
    [InlineData(200, """{"ok":false,"error":"channel_not_found"}""", null, "given up")]
    [InlineData(400, "invalid_payload", null, "given up")]
    [InlineData(403, "action_prohibited", null, "given up")]
    [InlineData(404, "no_service", null, "given up")]
    [InlineData(410, "channel_is_archived", null, "given up")]
    [InlineData(429, "rate_limited", "40", "12:00:40")]
    [InlineData(500, "rollup_error", null, "12:00:10")]
    public async Task Slack_and_what_is_like_it(int status, string body, string? retryAfter, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new SlackSample(), status, body, retryAfter));

    [Fact]
    public async Task Slack_gets_a_text_and_a_coloured_attachment()
    {
        var sent = await ChannelLoop.SendAsync(new SlackSample(), ChannelLoop.Answer(200, "ok"), AChange.Failure(3), AChange.Recovery(4));

        Assert.Equal(["/services/T0/B0/s3cr3t", "/services/T0/B0/s3cr3t"], sent.Requests.Select(request => request.Path));
        var bodies = sent.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement).ToList();
        Assert.Equal(["🔴 *Target 3 has failed*", "🟢 *Target 4 passes again*"], bodies.Select(body => body.GetProperty("text").GetString()));
        Assert.Equal(("#ops", "Skypunch"), (bodies[0].GetProperty("channel").GetString(), bodies[0].GetProperty("username").GetString()));
        var attachments = bodies.Select(body => body.GetProperty("attachments")[0]).ToList();
        Assert.Equal(["#C62828", "#2E7D32"], attachments.Select(attachment => attachment.GetProperty("color").GetString()));
        Assert.Equal(
            """
            target status:503 != 200-299.
            It had been PASS since 2026-02-27 09:00:00 UTC, for 2 d 3 h.

            *URL:* https://example.org/health
            *When:* 2026-03-01 12:00:00 UTC
            *Reason:* status_mismatch
            *Group:* shop/web
            *Labels:* team=&lt;web&gt;

            *Advice:* The service is overloaded or its backend is down: look at &lt;its&gt; log.

            *Description:* What customers see &lt;first&gt;.
            Ask the web team.
            """,
            attachments[0].GetProperty("text").GetString());
        Assert.Equal("It had been FAIL since 2026-03-01 11:57:55 UTC, for 2 min 5 s.", attachments[1].GetProperty("text").GetString()!.Split('\n')[0]);
    }

    [Fact]
    public async Task A_digest_shows_how_many_failed_and_why_and_the_first_of_them()
    {
        var sent = await ChannelLoop.SendAsync(
            new SlackSample(),
            ChannelLoop.Answer(200, "ok"),
            [.. Enumerable.Range(1, 30).Select(i => i % 10 == 0 ? AChange.Recovery(i) : AChange.Failure(i))]);

        var body = JsonDocument.Parse(Assert.Single(sent.Requests).Body).RootElement;
        var lines = body.GetProperty("attachments")[0].GetProperty("text").GetString()!.Split('\n');
        Assert.Equal("🔴 *27 targets have failed and 3 pass again*", body.GetProperty("text").GetString());
        Assert.Equal(["At 2026-03-01 12:00:00 UTC.", "", "*status_mismatch:* 27", "", "*Target 1:* target status:503 != 200-299"], lines[..5]);
        Assert.Equal(20, lines.Count(line => line.StartsWith("*Target", StringComparison.Ordinal)));
        Assert.Equal(["… and 10 more.", "", $"*All of them:* skypunch notifiers deliveries --digest {sent.Requests[0].Headers["webhook-id"]}"], lines[^3..]);
        Assert.All(sent.Deliveries, delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
    }

    [Theory]
    [InlineData(202, "", null, "sent")]
    [InlineData(200, "1", null, "sent")]
    [InlineData(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429", null, "12:00:10")]
    [InlineData(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 403", null, "given up")]
    [InlineData(400, """{"error":{"code":"TriggerInputSchemaMismatch"}}""", null, "given up")]
    [InlineData(401, """{"error":{"code":"DirectApiAuthorizationRequired"}}""", null, "given up")]
    [InlineData(404, """{"error":{"code":"WorkflowNotFound"}}""", null, "given up")]
    [InlineData(429, "", "20", "12:00:20")]
    [InlineData(502, "", null, "12:00:10")]
    public async Task Teams(int status, string body, string? retryAfter, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new TeamsSample(), status, body, retryAfter));

    [Fact]
    public async Task Teams_gets_an_adaptive_card_in_a_message()
    {
        var sent = await ChannelLoop.SendAsync(new TeamsSample(), ChannelLoop.Answer(202, ""), AChange.Failure(3));

        var body = JsonDocument.Parse(Assert.Single(sent.Requests).Body).RootElement;
        Assert.Equal("message", body.GetProperty("type").GetString());
        Assert.Equal("application/vnd.microsoft.card.adaptive", body.GetProperty("attachments")[0].GetProperty("contentType").GetString());
        var blocks = body.GetProperty("attachments")[0].GetProperty("content").GetProperty("body").EnumerateArray().ToList();
        Assert.Equal("🔴 Target 3 has failed", blocks[0].GetProperty("inlines")[0].GetProperty("text").GetString());
        Assert.Contains(blocks, block => block.GetRawText().Contains("https://example.org/health", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, """{"id":"1"}""", null, "sent")]
    [InlineData(204, "", null, "sent")]
    [InlineData(400, """{"code":50006,"message":"Cannot send an empty message"}""", null, "given up")]
    [InlineData(401, """{"message":"401: Unauthorized"}""", null, "given up")]
    [InlineData(404, """{"code":10015,"message":"Unknown Webhook"}""", null, "given up")]
    [InlineData(429, """{"message":"You are being rate limited.","retry_after":64.57,"global":false}""", "65", "12:01:05")]
    [InlineData(429, """{"message":"You are being rate limited.","retry_after":0.3,"global":false}""", null, "12:00:10")]
    [InlineData(429, "<html>error 1015</html>", "300", "12:05:00")]
    [InlineData(503, "", null, "12:00:10")]
    public async Task Discord(int status, string body, string? retryAfter, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new DiscordSample(), status, body, retryAfter));

    [Fact]
    public async Task Discord_stores_the_message_before_it_answers()
    {
        var sent = await ChannelLoop.SendAsync(new DiscordSample(), ChannelLoop.Answer(200, "{}"), AChange.Failure(3));

        var request = Assert.Single(sent.Requests);
        var embed = JsonDocument.Parse(request.Body).RootElement.GetProperty("embeds")[0];
        Assert.Equal("/api/webhooks/1/s3cr3t-token?wait=true&thread_id=42", request.Path);
        Assert.Equal(("🔴 Target 3 has failed", 0xC62828), (embed.GetProperty("title").GetString(), embed.GetProperty("color").GetInt32()));
        Assert.Equal("2026-03-01T12:00:00Z", embed.GetProperty("timestamp").GetString());
        Assert.Contains("**Labels:** team=\\<web>", embed.GetProperty("description").GetString());
    }

    [Theory]
    [InlineData(200, """{"ok":true,"result":{"message_id":1}}""", "sent")]
    [InlineData(200, """{"ok":false,"error_code":400}""", "given up")]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", "given up")]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1009876543210}}""", "12:00:10")]
    [InlineData(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", "given up")]
    [InlineData(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked"}""", "given up")]
    [InlineData(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}""", "12:00:35")]
    [InlineData(502, "Bad Gateway", "12:00:10")]
    public async Task Telegram(int status, string body, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new TelegramSample(), status, body));

    [Fact]
    public async Task Telegram_gets_html_for_a_chat_in_its_own_path()
    {
        var sent = await ChannelLoop.SendAsync(new TelegramSample(), ChannelLoop.Answer(200, """{"ok":true}"""), AChange.Failure(3));

        var request = Assert.Single(sent.Requests);
        var body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal("/bot123456:s3cr3t-s3cr3t/sendMessage", request.Path);
        Assert.Equal(("-1001234567890", 7, "HTML"), (body.GetProperty("chat_id").GetString(), body.GetProperty("message_thread_id").GetInt32(), body.GetProperty("parse_mode").GetString()));
        Assert.StartsWith("<b>🔴 Target 3 has failed</b>\ntarget status:503 != 200-299.\n", body.GetProperty("text").GetString());
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Twilio;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The channels that reach phones and rooms, against the documented answers of their receivers.</summary>
public sealed class PushChannelTests
{
    [Theory]
    [InlineData(200, """{"id":"x","event":"message"}""", null, "sent")]
    [InlineData(400, """{"code":40014,"http":400,"error":"invalid request: actions invalid"}""", null, "given up")]
    [InlineData(401, """{"code":40101,"http":401,"error":"unauthorized"}""", null, "given up")]
    [InlineData(403, """{"code":40301,"http":403,"error":"forbidden"}""", null, "given up")]
    [InlineData(413, """{"code":41301,"http":413,"error":"attachment too large"}""", null, "given up")]
    [InlineData(429, """{"code":42901,"http":429,"error":"limit reached: too many requests"}""", null, "12:00:10")]
    [InlineData(429, """{"code":42908,"http":429,"error":"limit reached: daily message quota reached"}""", null, "13:00:00")]
    [InlineData(507, "", null, "12:00:10")]
    public async Task Ntfy(int status, string body, string? retryAfter, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new NtfySample(), status, body, retryAfter));

    [Fact]
    public async Task Ntfy_gets_the_topic_in_the_body_and_the_token_in_a_header()
    {
        var sent = await ChannelLoop.SendAsync(new NtfySample(), ChannelLoop.Answer(200, "{}"), AChange.Failure(3), AChange.Recovery(4));

        var bodies = sent.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement).ToList();
        Assert.Equal(("/", "Bearer tk_s3cr3t"), (sent.Requests[0].Path, sent.Requests[0].Headers["Authorization"]));
        Assert.Equal(["s3cr3t-topic", "s3cr3t-topic"], bodies.Select(body => body.GetProperty("topic").GetString()));
        Assert.Equal([(5, "red_circle"), (3, "green_circle")], bodies.Select(body => (body.GetProperty("priority").GetInt32(), body.GetProperty("tags")[0].GetString()!)));
        Assert.Equal("Target 3 has failed", bodies[0].GetProperty("title").GetString());
    }

    [Theory]
    [InlineData(200, """{"event_id":"$1"}""", null, "sent")]
    [InlineData(401, """{"errcode":"M_UNKNOWN_TOKEN","error":"Unknown token"}""", null, "given up")]
    [InlineData(403, """{"errcode":"M_FORBIDDEN","error":"User not in room"}""", null, "given up")]
    [InlineData(404, """{"errcode":"M_UNRECOGNIZED"}""", null, "given up")]
    [InlineData(429, """{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":45000}""", null, "12:00:45")]
    [InlineData(429, """{"errcode":"M_LIMIT_EXCEEDED"}""", "50", "12:00:50")]
    [InlineData(502, "", null, "12:00:10")]
    public async Task Matrix(int status, string body, string? retryAfter, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new MatrixSample(), status, body, retryAfter));

    [Fact]
    public async Task Matrix_gets_the_message_under_its_id_as_the_transaction()
    {
        var sent = await ChannelLoop.SendAsync(new MatrixSample(), ChannelLoop.Answer(200, "{}"), AChange.Failure(3));

        var (request, delivery) = (Assert.Single(sent.Requests), sent.Deliveries[0]);
        var body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal("PUT", request.Method);
        Assert.Equal($"/_matrix/client/v3/rooms/!abc:example.org/send/m.room.message/{delivery.Id}.{delivery.ChangeId:N}", Uri.UnescapeDataString(request.Path));
        Assert.StartsWith("🔴 Target 3 has failed\ntarget status", body.GetProperty("body").GetString());
        Assert.StartsWith("<b>🔴 Target 3 has failed</b><br>target status", body.GetProperty("formatted_body").GetString());
    }

    [Theory]
    [InlineData(200, """{"id":1}""", "sent")]
    [InlineData(400, """{"error":"Bad Request"}""", "given up")]
    [InlineData(401, """{"error":"Unauthorized","errorDescription":"you need to provide a valid access token"}""", "given up")]
    [InlineData(500, "", "12:00:10")]
    public async Task Gotify(int status, string body, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new GotifySample(), status, body));

    [Fact]
    public async Task Gotify_gets_the_token_in_a_header()
    {
        var sent = await ChannelLoop.SendAsync(new GotifySample(), ChannelLoop.Answer(200, "{}"), AChange.Failure(3), AChange.Recovery(4));

        Assert.All(sent.Requests, request => Assert.Equal(("/gotify/message", "As3cr3t-token"), (request.Path, request.Headers["X-Gotify-Key"])));
        Assert.Equal([9, 4], sent.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("priority").GetInt32()));
    }

    [Theory]
    [InlineData(200, """{"status":1,"request":"r"}""", "sent")]
    [InlineData(200, """{"status":0,"errors":["user key is invalid"]}""", "given up")]
    [InlineData(400, """{"status":0,"user":"invalid","errors":["user identifier is not a valid user"]}""", "given up")]
    [InlineData(429, """{"status":0,"errors":["application token over its monthly limit"]}""", "13:00:00")]
    [InlineData(500, "", "12:00:10")]
    public async Task Pushover(int status, string body, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new PushoverSample(), status, body));

    [Fact]
    public async Task Pushover_gets_a_form()
    {
        var sent = await ChannelLoop.SendAsync(new PushoverSample(), ChannelLoop.Answer(200, """{"status":1}"""), AChange.Failure(3), AChange.Recovery(4));

        var forms = sent.Requests.Select(request => QueryHelpers.ParseQuery(request.Body)).ToList();
        Assert.All(sent.Requests, request => Assert.Equal(("/1/messages.json", "application/x-www-form-urlencoded"), (request.Path, request.Headers["Content-Type"])));
        Assert.Equal([("1", "siren"), ("0", "")], forms.Select(form => (form["priority"].ToString(), form.TryGetValue("sound", out var sound) ? sound.ToString() : "")));
        Assert.Equal(("🔴 Target 3 has failed", "1772366400"), (forms[0]["title"].ToString(), forms[0]["timestamp"].ToString()));
    }

    [Theory]
    [InlineData(200, """{"name":"spaces/S/messages/M"}""", null, "sent")]
    [InlineData(400, """{"error":{"code":400,"status":"INVALID_ARGUMENT"}}""", null, "given up")]
    [InlineData(403, """{"error":{"code":403,"status":"PERMISSION_DENIED"}}""", null, "given up")]
    [InlineData(404, """{"error":{"code":404,"status":"NOT_FOUND"}}""", null, "given up")]
    [InlineData(429, """{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}""", null, "12:01:00")]
    [InlineData(503, "", null, "12:00:10")]
    public async Task Google_Chat(int status, string body, string? retryAfter, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new GoogleChatSample(), status, body, retryAfter));

    [Fact]
    public async Task Google_Chat_gets_a_thread_for_each_target()
    {
        var sent = await ChannelLoop.SendAsync(new GoogleChatSample(), ChannelLoop.Answer(200, "{}"), AChange.Failure(3), AChange.Recovery(3, AChange.Noon.AddSeconds(60)));

        var bodies = sent.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement).ToList();
        Assert.All(sent.Requests, request => Assert.Equal("/v1/spaces/S/messages?key=s3cr3t-key&token=s3cr3t-token&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD", request.Path));
        Assert.All(bodies, body => Assert.Equal("skypunch-target-3", body.GetProperty("thread").GetProperty("threadKey").GetString()));
        Assert.StartsWith("*🔴 Target 3 has failed*\n", bodies[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(201, """{"sid":"SM1","status":"queued"}""", "sent")]
    [InlineData(400, """{"code":21211,"message":"The 'To' number is not a valid phone number.","status":400}""", "given up")]
    [InlineData(400, """{"code":21610,"message":"Attempt to send to unsubscribed recipient","status":400}""", "given up")]
    [InlineData(401, """{"code":20003,"message":"Authenticate","status":401}""", "given up")]
    [InlineData(429, """{"code":20429,"message":"Too Many Requests","status":429}""", "12:00:10")]
    [InlineData(503, "", "12:00:10")]
    public async Task Twilio(int status, string body, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new TwilioSample(), status, body));

    [Fact]
    public async Task Twilio_gets_a_form_with_a_message_of_one_part()
    {
        var sent = await ChannelLoop.SendAsync(new TwilioSample(), ChannelLoop.Answer(201, "{}"), AChange.Failure(3));

        var request = Assert.Single(sent.Requests);
        var form = QueryHelpers.ParseQuery(request.Body);
        Assert.Equal("/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json", request.Path);
        Assert.Equal(("+4915112345678", "+15005550006"), (form["To"].ToString(), form["From"].ToString()));
        Assert.Equal("Skypunch: Target 3 has failed: target status:503 != 200-299", form["Body"].ToString());
    }

    [Theory]
    [InlineData(1, "Retry")]
    [InlineData(2, "Refused")]
    public void A_text_message_that_may_have_arrived_is_sent_once_more_at_the_most(int attempt, string result)
    {
        var sample = new TwilioSample();
        var call = sample.CallOf(Tellings.Failure with { Attempt = attempt });

        Assert.Equal(result, $"{((TwilioChannel)sample.Channel).Judge(call, new HttpAnswer { Fault = "no answer", MayHaveArrived = true }).Result}");
        Assert.Equal(SendResult.Retry, ((TwilioChannel)sample.Channel).Judge(call, new HttpAnswer { Fault = "no connection" }).Result);
    }

    [Theory]
    [InlineData(200, "", "sent")]
    [InlineData(204, "", "given up")]
    [InlineData(400, """{"error":"bad request"}""", "given up")]
    [InlineData(424, """{"error":"One or more notification could not be sent."}""", "12:00:10")]
    [InlineData(431, "", "given up")]
    [InlineData(500, "", "12:00:10")]
    public async Task Apprise(int status, string body, string fate)
        => Assert.Equal(fate, await ChannelLoop.FateAsync(new AppriseSample(), status, body));

    [Fact]
    public async Task Apprise_that_does_not_reach_all_gets_the_message_three_times_at_the_most()
    {
        await using var web = await LoopbackWeb.AnsweringAsync(424);
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(new AppriseSample().At($"http://127.0.0.1:{web.Port}"), address: "");
        store.Execute($"UPDATE notifiers SET type = 'APPRISE' WHERE id = {id}");
        await store.AnnounceAsync(AChange.Failure(3));

        for (var run = 0; run < 5; run++)
        {
            await store.RunAsync(id);
            store.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal((DeliveryState.Failed, 3), ((await store.DeliveryAsync()).State, web.Requests.Count));
        Assert.All(web.Requests, request => Assert.Equal("/notify/s3cr3t-key", request.Path));
        Assert.Equal(("failure", "ops"), (JsonDocument.Parse(web.Requests.First().Body).RootElement.GetProperty("type").GetString(), JsonDocument.Parse(web.Requests.First().Body).RootElement.GetProperty("tag").GetString()));
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Skypunch.Notifier.Channels.Webhook;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>Webhooks from the delivery to a web server on this machine.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task A_change_is_posted_as_json_with_its_headers_and_marked_as_sent()
    {
        await using var web = await LoopbackWeb.AnsweringAsync(204);
        await using var store = NotifierStore.Create();
        var id = await AddAsync(store, web, ",headers=\"Authorization: Bearer s3cr3t\nX-Team: ops, all\"");
        await store.AnnounceAsync(AChange.Failure(3));

        Assert.False(await store.RunAsync(id));

        var delivery = await store.DeliveryAsync();
        var received = Assert.Single(web.Requests);
        Assert.Equal((DeliveryState.Sent, 1), (delivery.State, delivery.Attempts));
        Assert.Equal(("POST", "/hook?key=s3cr3t"), (received.Method, received.Path));
        Assert.Equal(("Bearer s3cr3t", "ops, all", "application/json"), (received.Headers["Authorization"], received.Headers["X-Team"], received.Headers["Content-Type"]));
        Assert.Equal($"{delivery.Id}.{delivery.ChangeId:N}", received.Headers["webhook-id"]);
        var body = JsonDocument.Parse(received.Body).RootElement;
        Assert.Equal(received.Headers["webhook-id"], body.GetProperty("id").GetString());
        Assert.Equal(("skypunch.target.failed", "2026-03-01T12:00:00Z"), (body.GetProperty("type").GetString(), body.GetProperty("timestamp").GetString()));
        Assert.Equal("Target 3", body.GetProperty("data").GetProperty("target").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("120", "12:02:00")]
    [InlineData("Sun, 01 Mar 2026 12:30:00 GMT", "12:30:00")]
    [InlineData("Mon, 02 Mar 2026 12:00:00 GMT", "13:00:00")]
    [InlineData("", "12:00:10")]
    public async Task A_receiver_that_has_enough_is_asked_again_when_it_wants_and_with_the_same_id(string retryAfter, string next)
    {
        await using var web = await LoopbackWeb.AnsweringAsync(429, "too many", ("Retry-After", retryAfter));
        await using var store = NotifierStore.Create();
        var id = await AddAsync(store, web);
        await store.AnnounceAsync(AChange.Failure());

        Assert.True(await store.RunAsync(id)); // the notifier is left alone for now
        var first = await store.DeliveryAsync();
        store.Clock.SetUtcNow(first.NextAttemptAt);
        await store.LiveAsync(Lease.Grace, store.Services);
        await store.RunAsync(id);

        Assert.Equal((DeliveryState.Pending, TimeOnly.Parse(next, null)), (first.State, TimeOnly.FromDateTime(first.NextAttemptAt.UtcDateTime)));
        Assert.Equal(2, web.Requests.Count);
        Assert.Single(web.Requests.Select(request => (request.Headers["webhook-id"], request.Body)).Distinct());
    }

    [Fact]
    public async Task What_a_receiver_says_back_of_the_secrets_is_in_no_error()
    {
        await using var web = await LoopbackWeb.StartAsync(async context =>
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync($"{context.Request.Path} {context.Request.QueryString} {context.Request.Headers.Authorization} denied");
        });
        await using var store = NotifierStore.Create();
        var id = await AddAsync(store, web, ",headers=Authorization: Bearer s3cr3t-t0ken");
        await store.AnnounceAsync(AChange.Failure());

        await store.RunAsync(id);

        var delivery = await store.DeliveryAsync();
        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.StartsWith($"http://127.0.0.1:{web.Port} answered 403 Forbidden: ", delivery.LastError);
        Assert.EndsWith("denied", delivery.LastError);
        Assert.DoesNotContain("s3cr3t", delivery.LastError);
    }

    [Theory]
    [InlineData("recovered")]
    [InlineData("failed")]
    [InlineData("notice")]
    [InlineData("test")]
    [InlineData("digest")]
    public void The_body_is_the_documented_one(string kind)
    {
        var body = WebhookBody.Of(kind switch
        {
            "recovered" => Tellings.Recovery,
            "failed" => Tellings.Failure,
            "notice" => Tellings.Notice,
            "digest" => Tellings.Digest,
            _ => Tellings.Test,
        });

        var documented = Deployment.Sources.Read("docs/notifiers.md").Split("```json\n").Skip(1).Select(block => block.Split("```")[0]);
        var type = $"skypunch.{(kind is "failed" or "recovered" ? "target." : "")}{kind}";
        var like = Assert.Single(documented, block => JsonDocument.Parse(block).RootElement.GetProperty("type").GetString() == type);
        Assert.Equal(Names(JsonDocument.Parse(like).RootElement), Names(JsonDocument.Parse(body).RootElement));
    }

    [Fact]
    public async Task A_digest_has_each_change_as_a_message_of_its_own_would_have_it()
    {
        await using var web = await LoopbackWeb.AnsweringAsync(204);
        await using var store = NotifierStore.Create();
        var id = await AddAsync(store, web);
        await store.AnnounceAsync([.. Enumerable.Range(1, 30).Select(i => i % 3 == 0 ? AChange.Recovery(i) : AChange.Failure(i) with { Url = "https://me:s3cr3t@example.org/?token=s3cr3t" })]);

        await store.RunAsync(id);

        var received = Assert.Single(web.Requests);
        var body = JsonDocument.Parse(received.Body).RootElement;
        var messages = body.GetProperty("data").GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(received.Headers["webhook-id"], body.GetProperty("id").GetString());
        Assert.Equal("skypunch.digest", body.GetProperty("type").GetString());
        Assert.Equal((20, 10), (body.GetProperty("data").GetProperty("failed").GetInt32(), body.GetProperty("data").GetProperty("recovered").GetInt32()));
        Assert.Equal("""{"status_mismatch":20}""", body.GetProperty("data").GetProperty("reasons").GetRawText());
        Assert.Equal((await store.DeliveriesAsync()).Select(delivery => $"{delivery.Id}.{delivery.ChangeId:N}"), messages.Select(message => message.GetProperty("id").GetString()));
        Assert.Equal(["skypunch.target.failed", "skypunch.target.failed", "skypunch.target.recovered"], messages.Take(3).Select(message => message.GetProperty("type").GetString()));
        Assert.DoesNotContain("s3cr3t", received.Body);
    }

    [Fact]
    public async Task A_digest_that_comes_too_soon_comes_again_as_the_same_when_the_receiver_wants_it()
    {
        var answers = 0;
        await using var web = await LoopbackWeb.StartAsync(context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = Interlocked.Increment(ref answers) == 1 ? (429, "40") : (204, "");
            return Task.CompletedTask;
        });
        await using var store = NotifierStore.Create();
        var id = await AddAsync(store, web);
        await store.AnnounceAsync([.. Enumerable.Range(1, 12).Select(i => AChange.Failure(i))]);

        Assert.True(await store.RunAsync(id));
        var waiting = await store.DeliveriesAsync();
        await store.AnnounceAsync([.. Enumerable.Range(100, 12).Select(i => AChange.Failure(i))]);
        store.Clock.Advance(TimeSpan.FromSeconds(40));
        await store.RunAsync(id);

        Assert.All(waiting, delivery => Assert.Equal((DeliveryState.Pending, 1, AChange.Noon.AddSeconds(40)), (delivery.State, delivery.Attempts, delivery.NextAttemptAt)));
        Assert.All(await store.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
        var first = web.Requests.First();
        var again = Assert.Single(web.Requests.Skip(1), request => request.Headers["webhook-id"] == first.Headers["webhook-id"]);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(3, web.Requests.Count);
    }

    [Fact]
    public async Task A_receiver_that_takes_no_digest_is_told_of_each_change_alone()
    {
        await using var web = await LoopbackWeb.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers["webhook-id"].ToString().StartsWith("digest.", StringComparison.Ordinal) ? 422 : 204;
            return Task.CompletedTask;
        });
        await using var store = NotifierStore.Create();
        var id = await AddAsync(store, web);
        await store.AnnounceAsync([.. Enumerable.Range(1, 12).Select(i => AChange.Failure(i))]);

        await store.RunAsync(id);

        Assert.All(await store.DeliveriesAsync(), delivery => Assert.Equal((DeliveryState.Sent, 2, null), (delivery.State, delivery.Attempts, delivery.DigestId)));
        var notifier = await store.NotifierAsync(id);
        Assert.Equal((12, 12), (notifier.PassCount, notifier.FailCount));
    }

    [Theory]
    [InlineData("url=ftp://example.org/", "must have a URL of http or https as url")]
    [InlineData("url=https://me:s3cr3t@example.org/", "must not have a user in url")]
    [InlineData("url=https://example.org:0/", "must have a port")]
    [InlineData("url=https://xn--ß/", "must have a host name in url")]
    [InlineData("url=https://example.org/,headers=s3cr3t", "line 1 has no name and colon")]
    [InlineData("url=https://example.org/,headers=webhook-id: s3cr3t", "must not have webhook-id in headers")]
    [InlineData("url=https://example.org/,headers=Content-Length: 5", "must not have Content-Length")]
    public void Invalid_parameters_are_refused_without_showing_a_secret(string parameters, string expected)
    {
        var fault = Assert.Single(new WebhookSample().Channel.Check(new("", parameters)));

        Assert.Contains(expected, fault.Words);
        Assert.DoesNotContain("s3cr3t", fault.Words);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind is JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Names(member.Value).Select(name => $"{member.Name}.{name}").DefaultIfEmpty(member.Name))
        : [];

    private static async Task<long> AddAsync(NotifierStore store, LoopbackWeb web, string more = "")
    {
        var id = await store.AddNotifierAsync($"url=http://127.0.0.1:{web.Port}/hook?key=s3cr3t{more}", address: "");
        store.Execute($"UPDATE notifiers SET type = 'WEBHOOK' WHERE id = {id}");
        return id;
    }
}

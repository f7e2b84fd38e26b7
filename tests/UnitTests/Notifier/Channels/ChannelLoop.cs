using System.Globalization;
using Microsoft.AspNetCore.Http;
using Skypunch.Contracts;
using Skypunch.Notifier.Model;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>Sends changes by a channel to a web server on this machine that answers as the receiver does.</summary>
internal static class ChannelLoop
{
    /// <summary>Announces changes and sends what is due, once.</summary>
    /// <returns>The deliveries afterwards, the requests, and what was logged.</returns>
    public static async Task<Sent> SendAsync(ChannelSample sample, RequestDelegate answer, params TargetStatusChanged[] changes)
    {
        await using var web = await LoopbackWeb.StartAsync(answer);
        var log = new LinesOfLog();
        await using var store = NotifierStore.Create(log: log);
        var id = await store.AddNotifierAsync(sample.At($"http://127.0.0.1:{web.Port}")!, address: "");
        store.Execute($"UPDATE notifiers SET type = '{sample.Channel.Description.Type}' WHERE id = {id}");
        await store.AnnounceAsync(changes);
        await store.RunAsync(id);
        return new([.. web.Requests], await store.DeliveriesAsync(), [.. log.Lines.Select(line => line.Text)]);
    }

    /// <summary>Sends one failure, which gets an answer, and says what became of it: sent, given up, or when it is sent again.</summary>
    public static async Task<string> FateAsync(ChannelSample sample, int status, string body, string? retryAfter = null)
    {
        var sent = await SendAsync(sample, Answer(status, body, retryAfter), AChange.Failure());
        var delivery = Assert.Single(sent.Deliveries);
        return delivery.State switch
        {
            DeliveryState.Sent when delivery.LastError is null => "sent",
            DeliveryState.Pending => delivery.NextAttemptAt.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            DeliveryState.Failed => "given up",
            _ => $"{delivery.State} {delivery.LastError}",
        };
    }

    public static RequestDelegate Answer(int status, string body, string? retryAfter = null) => async context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        if (status is not 204 and not 304)
        {
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
    };

    internal sealed record Sent(IReadOnlyList<LoopbackWeb.Received> Requests, IReadOnlyList<Delivery> Deliveries, IReadOnlyList<string> Log);
}

using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Notifiers;

/// <summary>Sends a notifier a test message, now and once.</summary>
internal sealed class NotifierTest(ChannelTypes channels, SealedParameters parameters, IOptions<NotifierOptions> options, TimeProvider clock)
{
    /// <summary>Sends the message.</summary>
    /// <returns>Whether the message was accepted, and by whom, or why not and what to do.</returns>
    public async Task<(bool Delivered, string Description)> RunAsync(StoredNotifier notifier, CancellationToken cancellationToken)
    {
        string? text;
        try
        {
            text = await parameters.OpenAsync(notifier, cancellationToken);
        }
        catch (CryptographicException)
        {
            return (false, "Not sent: its params were sealed with another key or for another notifier. Give them anew, or give the Notifier the key that it had.");
        }

        if (channels.Find(notifier.Type) is not { } channel)
        {
            return (false, $"Not sent: its type {channels.Expected}.");
        }

        using var session = channel.Open(options.Value.SendTimeout, isWaitedFor: true);
        var telling = new Telling { Id = $"test.{Guid.NewGuid():N}", Notifier = notifier.Name, At = clock.GetUtcNow() };
        var outcome = await session.SendAsync(new ChannelForm(notifier.Address, text), telling, _ => Task.FromResult(true), cancellationToken);
        if (outcome is { Result: SendResult.Delivered, Reason: null })
        {
            await session.CloseAsync(cancellationToken);
            return (true, $"{outcome.Receipt}.");
        }

        var missed = outcome.Result is SendResult.Delivered || outcome.Remaining is not null ? "Not all were reached" : "Not sent";
        return (false, $"{missed}: {outcome.Reason}.{(outcome.Hint is { } hint ? $" {hint}" : "")}");
    }
}

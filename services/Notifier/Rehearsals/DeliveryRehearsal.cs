using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Smtp;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Rehearsals;

/// <summary>
/// Rehearses the Notifier's part of an alert: the statements of a delivery, two mails to a mail server in this process (an alert, and a digest
/// of many), and the messages of the bus.
/// </summary>
internal sealed class DeliveryRehearsal(
    StoreWriter<NotifierDb> writer,
    IServiceScopeFactory scopes,
    ChannelTypes channels,
    IBus bus,
    IOptions<NotifierOptions> options,
    [FromKeyedServices(NotifierDb.Name)] StartupGate store,
    BusGate busGate,
    TimeProvider clock,
    ILogger<DeliveryRehearsal> logger) : Rehearsal("a delivery", store, busGate, clock, logger)
{
    // After that the message would come too late, and the queue drops it.
    private static readonly TimeSpan TimeToLive = Patience;

    // So many that they are in the attached table, too.
    private const int ChangesOfADigest = DigestMailContent.MostShown + 1;

    private readonly TimeProvider _clock = clock;

    /// <summary>How many mails the mail server in this process has accepted.</summary>
    public int Mails { get; private set; }

    protected override Task RehearseWorkAsync(CancellationToken cancellationToken)
        => Task.WhenAll(StoreAsync(cancellationToken), SendAsync(cancellationToken));

    // The empty message goes to a Notifier, to this one where there is no other, which answers it. There is nothing in it to store.
    protected override Task RehearseMessagesAsync(CancellationToken cancellationToken)
    {
        MessageCopy.Of(new StatusChangeBatch([RehearsedChange.At(_clock.GetUtcNow())]));
        return bus.Publish(new StatusChangeBatch([]), context => context.TimeToLive = TimeToLive, cancellationToken);
    }

    private Task StoreAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var notifier = new StoredNotifier { Name = "rehearsal", Address = "" };
        var (alone, digest) = (RehearsedChange.Claimed(notifier, 1, now), RehearsedChange.Claimed(notifier, ChangesOfADigest, now));
        return writer.RunAsync((RehearsedDelivery rehearsed) => rehearsed.RunAsync(alone, digest, RehearsedChange.At(now), cancellationToken));
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        using var server = new OwnMailServer(_clock.GetUtcNow());
        var serving = server.ServeAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var parameters = scope.ServiceProvider.GetRequiredService<SealedParameters>();
        var notifier = new StoredNotifier { Name = "rehearsal", Address = "skypunch@localhost" };
        notifier.Params = parameters.Seal(notifier, server.Parameters);
        using (var session = new DeliverySession(channels, parameters, options.Value.SendTimeout, _clock))
        {
            foreach (var changes in new[] { 1, ChangesOfADigest })
            {
                var claim = RehearsedChange.Claimed(notifier, changes, _clock.GetUtcNow());
                if (await session.SendAsync(claim, _ => Task.FromResult(true), cancellationToken) is { Result: not SendResult.Delivered } outcome)
                {
                    throw new InvalidOperationException(outcome.Reason);
                }
            }

            await session.CloseAsync(cancellationToken);
        }

        Mails = await serving;
    }
}

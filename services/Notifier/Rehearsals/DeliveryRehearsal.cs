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
/// Rehearses the Notifier's part of an alert: the statements of a delivery, a mail to a mail server in this process, and the messages of the
/// bus.
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

    private readonly TimeProvider _clock = clock;

    /// <summary>What came of the mail; null: it is not sent yet, or could not be.</summary>
    public SendOutcome? Outcome { get; private set; }

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
        var change = RehearsedChange.At(_clock.GetUtcNow());
        var delivery = RehearsedChange.To(new StoredNotifier { Name = change.Name, Address = "" }, change);
        return writer.RunAsync((RehearsedDelivery rehearsed) => rehearsed.RunAsync(delivery, change, cancellationToken));
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
            Outcome = await session.SendAsync(RehearsedChange.To(notifier, RehearsedChange.At(_clock.GetUtcNow())), _ => Task.FromResult(true), cancellationToken);
            if (Outcome.Result is not SendResult.Delivered)
            {
                throw new InvalidOperationException(Outcome.Reason);
            }

            await session.CloseAsync(cancellationToken);
        }

        await serving;
    }
}

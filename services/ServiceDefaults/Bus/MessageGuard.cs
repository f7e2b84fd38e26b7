using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using MassTransit.Transports;
using MessagePack;
using RabbitMQ.Client.Exceptions;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// Filters messages before and after every consumer. A message that cannot be right, or on which a consumer throws, is put aside at once:
/// it is neither retried nor returned to its queue. (Where the database or something else is unavailable, the consumer itself waits for
/// it.) A message whose handling was interrupted by a stop or a lost broker goes back to the queue for another process, a bounded number of
/// times.
/// </summary>
internal sealed class MessageGuard(PutAside aside, bool keeps) : IFilter<ReceiveContext>, IFilter<ExceptionReceiveContext>
{
    /// <summary>The largest message that is handled. RabbitMQ by default accepts no larger ones.</summary>
    public const long MostBytes = 16 * 1024 * 1024;

    /// <summary>
    /// How often a message may be returned to its queue: by processes that have crashed on it, or because the broker was lost meanwhile.
    /// </summary>
    public const long MostReturns = 8;

    // RabbitMQ's quorum queues set both headers. The first counts returns by consumers that died, the second counts all returns.
    private static readonly string[] ReturnHeaders = ["x-delivery-count", "x-acquired-count"];

    /// <summary>Runs before anything of the message is read.</summary>
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (context.Body.Length is var length && length > MostBytes)
        {
            await PutAsideAsync(context, "oversized", $"It has {length} bytes, more than {MostBytes}.");
        }
        else if (context.Redelivered && Returns(context) is var returns && returns > MostReturns)
        {
            // After twice as many returns the message is dropped: putting it aside seems to fail, too.
            await PutAsideAsync(context, "returned", $"It has come back {returns} times from consumers that ended before they had handled it.", returns < 2 * MostReturns);
        }
        else
        {
            await next.Send(context);
        }
    }

    /// <summary>Runs after a message could not be read, or after a consumer has thrown.</summary>
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (IsOfBroker(context.Exception) || context.CancellationToken.IsCancellationRequested)
        {
            ExceptionDispatchInfo.Throw(context.Exception); // the message goes back to the queue, or is there already
        }

        aside.Note(context, ReasonOf(context.Exception), context.Exception.ToString());
        await context.NotifyFaulted(context.Exception); // else MassTransit takes it for a message without a consumer
        if (keeps && context.TryGetPayload<IErrorTransport>(out var queue))
        {
            await queue.Send(context);
        }

        await next.Send(context);
    }

    /// <summary>The filter for messages that no consumer of the queue handles.</summary>
    public IFilter<ReceiveContext> Unknown { get; } = new UnknownMessages(aside, keeps);

    private Task PutAsideAsync(ReceiveContext context, string reason, string fault, bool kept = true)
    {
        aside.Note(context, reason, fault);
        return keeps && kept && context.TryGetPayload<IDeadLetterTransport>(out var queue) ? queue.Send(context, reason) : Task.CompletedTask;
    }

    private static long Returns(ReceiveContext context)
        => ReturnHeaders.Max(name => context.TransportHeaders.TryGetHeader(name, out var value) ? value switch { long count => count, int count => count, _ => 0 } : 0);

    private static string ReasonOf(Exception exception) => exception switch
    {
        SerializationException or JsonException or MessagePackSerializationException => "unreadable",
        { InnerException: { } inner } => ReasonOf(inner),
        _ => "failed",
    };

    private static bool IsOfBroker(Exception exception) => exception switch
    {
        OperationCanceledException or ConsumerCanceledException or ConnectionException or TransportUnavailableException => true,
        RabbitMQClientException => true,
        { InnerException: { } inner } => IsOfBroker(inner),
        _ => false,
    };

    void IProbeSite.Probe(ProbeContext context) => context.CreateFilterScope("messageGuard");

    private sealed class UnknownMessages(PutAside aside, bool keeps) : IFilter<ReceiveContext>
    {
        public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
        {
            aside.Note(context, "unknown", "No consumer of this queue knows a message of its type.");
            if (keeps && context.TryGetPayload<IDeadLetterTransport>(out var queue))
            {
                await queue.Send(context, "unknown");
            }

            await next.Send(context);
        }

        void IProbeSite.Probe(ProbeContext context) => context.CreateFilterScope("unknownMessages");
    }
}

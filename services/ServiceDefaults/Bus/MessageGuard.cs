using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using MassTransit.Transports;
using MessagePack;
using RabbitMQ.Client.Exceptions;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// Stands before and behind every consumer. A message that cannot be right, or that a consumer throws at, is put aside at once: it is neither tried again nor does it go back to its queue.
/// Consumers themselves wait for what is away, a database above all. What a stop or a lost broker breaks off goes back to the queue, for another process, a bounded number of times.
/// </summary>
internal sealed class MessageGuard(PutAside aside, bool keeps) : IFilter<ReceiveContext>, IFilter<ExceptionReceiveContext>
{
    /// <summary>The broker itself takes no more in one message, as it is set by default.</summary>
    public const long MostBytes = 16 * 1024 * 1024;

    /// <summary>How often a message may come back: from Probers that have died of it, or from a broker that was lost meanwhile.</summary>
    public const long MostReturns = 8;

    // RabbitMQ's quorum queues count in the first what a dead consumer has given back, in the second what any has.
    private static readonly string[] ReturnHeaders = ["x-delivery-count", "x-acquired-count"];

    /// <summary>Before anything of the message is read.</summary>
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (context.Body.Length is var length && length > MostBytes)
        {
            await PutAsideAsync(context, "oversized", $"It has {length} bytes, more than {MostBytes}.");
        }
        else if (context.Redelivered && Returns(context) is var returns && returns > MostReturns)
        {
            // What cannot even be moved is dropped.
            await PutAsideAsync(context, "returned", $"It has come back {returns} times from consumers that ended before they had handled it.", returns < 2 * MostReturns);
        }
        else
        {
            await next.Send(context);
        }
    }

    /// <summary>After a message could not be read, or a consumer threw.</summary>
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (IsOfBroker(context.Exception) || context.CancellationToken.IsCancellationRequested)
        {
            ExceptionDispatchInfo.Throw(context.Exception); // back to the queue, or it is there already
        }

        aside.Note(context, ReasonOf(context.Exception), context.Exception.ToString());
        await context.NotifyFaulted(context.Exception); // else it counts as one that nobody has wanted
        if (keeps && context.TryGetPayload<IErrorTransport>(out var queue))
        {
            await queue.Send(context);
        }

        await next.Send(context);
    }

    /// <summary>A message that no consumer knows.</summary>
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

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// Counts and tells which messages are put aside: in a queue that is named like theirs and ends in <see cref="QueueEnding"/>, or nowhere where the bus is memory. A flood of them
/// is told in a line a minute for each queue and reason, with their number.
/// </summary>
internal sealed partial class PutAside
{
    /// <summary>Of the queues that hold what was put aside.</summary>
    public const string QueueEnding = "_aside";

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly ILogger<PutAside> _logger;
    private readonly Counter<long> _count;
    private readonly ConcurrentDictionary<(string Queue, string Reason), Told> _told = new();

    public PutAside(IMeterFactory meters, TimeProvider clock, ILogger<PutAside> logger)
    {
        (_clock, _logger) = (clock, logger);
        _count = meters.Create(SkypunchTelemetry.MeterName).CreateCounter<long>(
            "skypunch_messages_put_aside",
            description: "Messages that could not be handled and were put aside, by queue and reason: unreadable, unknown, oversized, returned or failed.");
    }

    /// <summary>A message is put aside.</summary>
    /// <param name="context">The message.</param>
    /// <param name="reason">In a word, for the metric.</param>
    /// <param name="fault">What is wrong, for the log.</param>
    public void Note(ReceiveContext context, string reason, string fault)
    {
        var queue = QueueOf(context);
        _count.Add(1, KeyValuePair.Create<string, object?>("queue", queue), KeyValuePair.Create<string, object?>("reason", reason));
        if (_told.GetOrAdd((queue, reason), static _ => new Told()).IsTurn(_clock, out var before))
        {
            LogPutAside(queue, reason, before, fault);
        }
    }

    /// <summary>The name of the queue from which the message came.</summary>
    public static string QueueOf(ReceiveContext context) => context.InputAddress.Segments[^1];

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A message of the queue {Queue} could not be handled ({Reason}) and was put aside; the others go on. {Before} more since this was last told. Fault: {Fault}")]
    private partial void LogPutAside(string queue, string reason, long before, string fault);

    // When it was told for the last time, and how many there were since.
    private sealed class Told
    {
        private readonly Lock _lock = new();
        private long? _at;
        private long _untold;

        public bool IsTurn(TimeProvider clock, out long before)
        {
            lock (_lock)
            {
                before = _untold;
                if (_at is { } at && clock.GetElapsedTime(at) < Quiet)
                {
                    _untold++;
                    return false;
                }

                (_at, _untold) = (clock.GetTimestamp(), 0);
                return true;
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// Counts and logs the messages that are put aside. Such a message goes to a queue with the name of its own queue and
/// <see cref="QueueEnding"/>; a bus in memory drops it. A flood of them gives one line in the log per minute for each queue and reason,
/// with their number.
/// </summary>
internal sealed partial class PutAside
{
    /// <summary>The end of the names of the queues that hold the messages put aside.</summary>
    public const string QueueEnding = "_aside";

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly ILogger<PutAside> _logger;
    private readonly Counter<long> _count;
    private readonly ConcurrentDictionary<(string Queue, string Reason), LastLogged> _logged = new();

    public PutAside(IMeterFactory meters, TimeProvider clock, ILogger<PutAside> logger)
    {
        (_clock, _logger) = (clock, logger);
        _count = meters.Create(SkypunchTelemetry.MeterName).CreateCounter<long>(
            "skypunch_messages_put_aside",
            description: "Messages that could not be handled and were put aside, by queue and reason: unreadable, unknown, oversized, returned or failed.");
    }

    /// <summary>Counts and logs a message that is put aside.</summary>
    /// <param name="context">The message.</param>
    /// <param name="reason">The reason in one word, for the metric.</param>
    /// <param name="fault">What is wrong, for the log.</param>
    public void Note(ReceiveContext context, string reason, string fault)
    {
        var queue = QueueOf(context);
        _count.Add(1, KeyValuePair.Create<string, object?>("queue", queue), KeyValuePair.Create<string, object?>("reason", reason));
        if (_logged.GetOrAdd((queue, reason), static _ => new LastLogged()).IsDue(_clock, out var before))
        {
            LogPutAside(queue, reason, before, fault);
        }
    }

    /// <summary>The name of the queue from which the message came.</summary>
    public static string QueueOf(ReceiveContext context) => context.InputAddress.Segments[^1];

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A message of the queue {Queue} could not be handled ({Reason}) and was put aside; the others go on. {Before} more since this was last logged. Fault: {Fault}")]
    private partial void LogPutAside(string queue, string reason, long before, string fault);

    // When messages of a queue were last logged, and how many were put aside since.
    private sealed class LastLogged
    {
        private readonly Lock _lock = new();
        private long? _at;
        private long _since;

        public bool IsDue(TimeProvider clock, out long before)
        {
            lock (_lock)
            {
                before = _since;
                if (_at is { } at && clock.GetElapsedTime(at) < Quiet)
                {
                    _since++;
                    return false;
                }

                (_at, _since) = (clock.GetTimestamp(), 0);
                return true;
            }
        }
    }
}

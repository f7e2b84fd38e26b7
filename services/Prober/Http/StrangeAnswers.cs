using System.Collections.Concurrent;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// The bytes of a target may cause exceptions that a library does not document. While these bytes are read or judged, such an exception is
/// the target's failure: otherwise a broken target would never be FAIL. The first exception of each type is logged in full, so that a fault
/// of our own does not hide behind a target.
/// </summary>
internal sealed partial class StrangeAnswers(ILogger<StrangeAnswers> logger)
{
    private readonly ConcurrentDictionary<Type, bool> _known = new();

    /// <summary>Whether an exception may be taken for the target's failure.</summary>
    public static bool May(Exception exception) => exception is not OutOfMemoryException;

    /// <summary>The failure.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="reason">One of <see cref="ProbeReasons"/>.</param>
    /// <param name="words">What failed.</param>
    public ProbeFailure Of(Exception exception, string reason, string words)
    {
        if (_known.TryAdd(exception.GetType(), true))
        {
            LogStrange(words, exception);
        }

        return new ProbeFailure(reason, $"{words} ({exception.GetType().Name}: {Words.Cap(exception.Message, 200)})");
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A target has sent something that the client cannot handle: {Words}. The probe counts as failed; the exception is logged once for each type.")]
    private partial void LogStrange(string words, Exception exception);
}

using System.Collections.Concurrent;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// The targets whose rows this process cannot read or write, for as long as that lasts. Each is logged once, and again when something else
/// is wrong with its row.
/// </summary>
internal sealed partial class BadRows(TimeProvider clock, ILogger<BadRows> logger)
{
    /// <summary>After this time a row that was set aside is tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // A row that was not found bad for this time counts as repaired.
    private static readonly TimeSpan Remembered = 4 * Pause;

    private readonly ConcurrentDictionary<long, BadRow> _rows = new();

    /// <summary>How many targets are set aside.</summary>
    public int Count => Known().Count;

    /// <summary>Whether any target may be set aside.</summary>
    public bool IsAny => !_rows.IsEmpty;

    /// <summary>
    /// The ids of targets whose rows cannot be written, so that their next probe cannot be put off in the row. A claim must exclude them by
    /// their ids until they are tried again.
    /// </summary>
    public IEnumerable<long> NotWritable => Known().Where(row => !row.Value.IsWritten && clock.GetElapsedTime(row.Value.ToldAt) < Pause).Select(row => row.Key);

    /// <summary>Whether the row was bad a short time ago.</summary>
    public bool Contains(long id) => _rows.TryGetValue(id, out var row) && IsKnown(row);

    /// <summary>Remembers that a row is bad.</summary>
    /// <param name="id">The target's id.</param>
    /// <param name="words">What is wrong with the row.</param>
    /// <param name="isWritten">Whether the row's own status line says so now.</param>
    /// <param name="unexplained">The exception, where no column explains it.</param>
    public void Add(long id, string words, bool isWritten, Exception? unexplained)
    {
        var before = _rows.GetValueOrDefault(id);
        _rows[id] = new BadRow(words, isWritten, clock.GetTimestamp());
        if (before?.Words != words)
        {
            LogSetAside(id, words, unexplained);
        }
    }

    /// <summary>Logs a fault of a row that does not keep its target from being probed.</summary>
    public void Report(long id, string words) => LogTold(id, words);

    private ConcurrentDictionary<long, BadRow> Known()
    {
        foreach (var row in _rows.Where(row => !IsKnown(row.Value)))
        {
            _rows.TryRemove(row); // repaired or deleted
        }

        return _rows;
    }

    private bool IsKnown(BadRow row) => clock.GetElapsedTime(row.ToldAt) < Remembered;

    [LoggerMessage(Level = LogLevel.Error, Message = "Target {TargetId} is set aside, as Skypunch cannot work with its row; all others go on. {Words}")]
    private partial void LogSetAside(long targetId, string words, Exception? unexplained);

    [LoggerMessage(Level = LogLevel.Error, Message = "Target {TargetId}: {Words}")]
    private partial void LogTold(long targetId, string words);

    private sealed record BadRow(string Words, bool IsWritten, long ToldAt);
}

using System.Collections.Concurrent;

namespace Skypunch.Scheduler.Store;

/// <summary>The targets whose rows this process cannot work with, as long as that is so. Each is told in the log once, and again when something else is wrong.</summary>
internal sealed partial class BadRows(TimeProvider clock, ILogger<BadRows> logger)
{
    /// <summary>After this time a row that was set aside is looked at again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // A row that nobody has found bad for so long has been mended.
    private static readonly TimeSpan Remembered = 4 * Pause;

    private readonly ConcurrentDictionary<long, BadRow> _rows = new();

    /// <summary>How many there are.</summary>
    public int Count => Known().Count;

    /// <summary>Whether there may be any.</summary>
    public bool IsAny => !_rows.IsEmpty;

    /// <summary>The rows that cannot be written either, whose next probe cannot be put off: they must be left out by their ids, until they are looked at again.</summary>
    public IEnumerable<long> NotWritable => Known().Where(row => !row.Value.IsWritten && clock.GetElapsedTime(row.Value.ToldAt) < Pause).Select(row => row.Key);

    /// <summary>Whether the row was bad a short time ago.</summary>
    public bool Contains(long id) => _rows.TryGetValue(id, out var row) && IsKnown(row);

    /// <summary>A row is bad.</summary>
    /// <param name="id">The target's id.</param>
    /// <param name="words">What is wrong with it.</param>
    /// <param name="isWritten">Whether the row itself says so now.</param>
    /// <param name="unexplained">What was thrown, where no column explains it.</param>
    public void Add(long id, string words, bool isWritten, Exception? unexplained)
    {
        var before = _rows.GetValueOrDefault(id);
        _rows[id] = new BadRow(words, isWritten, clock.GetTimestamp());
        if (before?.Words != words)
        {
            LogSetAside(id, words, unexplained);
        }
    }

    /// <summary>A row is bad in a way that does not keep it from being probed.</summary>
    public void Tell(long id, string words) => LogTold(id, words);

    private ConcurrentDictionary<long, BadRow> Known()
    {
        foreach (var row in _rows.Where(row => !IsKnown(row.Value)))
        {
            _rows.TryRemove(row); // mended, or deleted
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

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// In which order targets are listed, and how a page is found that begins after another one. Each order is that of an index, in which the
/// database finds the first row of a page, so that each page costs the same.
/// </summary>
internal sealed class TargetOrder
{
    private const string Down = " desc";

    private static readonly TargetOrder[] All = [.. new[] { Key.Id, Key.Name, Key.Status, Key.Since }.SelectMany(key => new TargetOrder[] { new(key, false), new(key, true) })];

    private readonly Key _key;
    private readonly bool _isDown;

    private TargetOrder(Key key, bool isDown) => (_key, _isDown) = (key, isDown);

    private enum Key
    {
        Id,
        Name,
        Status,
        Since,
    }

    /// <summary>The order as the API has it, always in the same words; empty for that by id.</summary>
    public string Text => this == All[0] ? "" : Words;

    private string Words => $"{_key.ToString().ToLowerInvariant()}{(_isDown ? Down : "")}";

    /// <summary>Reads an order. An empty text means that by id.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TargetOrder? order, out string error)
    {
        var words = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
        words = words.EndsWith(" asc", StringComparison.Ordinal) ? words[..^4] : words;
        order = words.Length == 0 ? All[0] : Array.Find(All, known => known.Words == words);
        error = order is null ? "must be id, name, status or since, each of them also with ' desc'" : "";
        return order is not null;
    }

    /// <summary>The targets in this order.</summary>
    public IQueryable<Target> Sort(IQueryable<Target> targets) => (_key, _isDown) switch
    {
        (Key.Id, false) => targets.OrderBy(t => t.Id),
        (Key.Id, true) => targets.OrderByDescending(t => t.Id),
        (Key.Name, false) => targets.OrderBy(t => t.Name),
        (Key.Name, true) => targets.OrderByDescending(t => t.Name),
        (Key.Status, false) => targets.OrderBy(t => EF.Property<int>(t, StatusRank.Property)).ThenBy(t => t.Id),
        (Key.Status, true) => targets.OrderByDescending(t => EF.Property<int>(t, StatusRank.Property)).ThenByDescending(t => t.Id),
        (Key.Since, false) => targets.OrderBy(t => t.StatusSince).ThenBy(t => t.Id),
        _ => targets.OrderByDescending(t => t.StatusSince).ThenByDescending(t => t.Id),
    };

    /// <summary>The place of a target, to begin the next page after it.</summary>
    public string PlaceOf(Target target) => _key switch
    {
        Key.Id => Number(target.Id),
        Key.Name => target.Name,
        Key.Status => $"{Number(target.Id)},{StatusRank.Of(target)}",
        _ => $"{Number(target.Id)},{(target.StatusSince is { } since ? Number(since.UtcTicks) : "")}",
    };

    /// <summary>The targets that come after a place; null: the place is none of this order.</summary>
    public IQueryable<Target>? After(IQueryable<Target> targets, string place)
    {
        if (_key is Key.Name)
        {
            return _isDown ? targets.Where(t => string.Compare(t.Name, place) < 0) : targets.Where(t => string.Compare(t.Name, place) > 0);
        }

        var parts = place.Split(',');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || parts.Length != (_key is Key.Id ? 1 : 2))
        {
            return null;
        }

        return _key switch
        {
            Key.Id => _isDown ? targets.Where(t => t.Id < id) : targets.Where(t => t.Id > id),
            Key.Status => int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? AfterStatus(targets, rank, id) : null,
            _ when parts[1].Length == 0 => AfterNoChange(targets, id),
            _ => long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
                ? AfterChange(targets, new DateTimeOffset(ticks, TimeSpan.Zero), id)
                : null,
        };
    }

    // The first comparison alone bounds the part of the index that is read.
    private IQueryable<Target> AfterStatus(IQueryable<Target> targets, int rank, long id) => _isDown
        ? targets.Where(t => EF.Property<int>(t, StatusRank.Property) <= rank && (EF.Property<int>(t, StatusRank.Property) < rank || t.Id < id))
        : targets.Where(t => EF.Property<int>(t, StatusRank.Property) >= rank && (EF.Property<int>(t, StatusRank.Property) > rank || t.Id > id));

    private IQueryable<Target> AfterChange(IQueryable<Target> targets, DateTimeOffset since, long id) => _isDown
        ? targets.Where(t => t.StatusSince == null || (t.StatusSince <= since && (t.StatusSince < since || t.Id < id)))
        : targets.Where(t => t.StatusSince >= since && (t.StatusSince > since || t.Id > id));

    // Those without a change stand at the side of the oldest, in both databases.
    private IQueryable<Target> AfterNoChange(IQueryable<Target> targets, long id) => _isDown
        ? targets.Where(t => t.StatusSince == null && t.Id < id)
        : targets.Where(t => t.StatusSince != null || t.Id > id);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

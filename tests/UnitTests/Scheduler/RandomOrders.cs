using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>Targets that are often equal in what they are ordered by, and the orders as memory has them.</summary>
internal static class RandomOrders
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly Dictionary<string, Func<IEnumerable<Target>, IEnumerable<Target>>> All = new()
    {
        ["id"] = rows => rows.OrderBy(row => row.Id),
        ["id desc"] = rows => rows.OrderByDescending(row => row.Id),
        ["name"] = rows => rows.OrderBy(row => row.Name, StringComparer.Ordinal),
        ["name desc"] = rows => rows.OrderByDescending(row => row.Name, StringComparer.Ordinal),
        ["status"] = rows => rows.OrderBy(StatusRank.Of).ThenBy(row => row.Id),
        ["status desc"] = rows => rows.OrderByDescending(StatusRank.Of).ThenByDescending(row => row.Id),
        ["since"] = rows => rows.OrderBy(row => row.StatusSince).ThenBy(row => row.Id),
        ["since desc"] = rows => rows.OrderByDescending(row => row.StatusSince).ThenByDescending(row => row.Id),
    };

    public static Target ATarget(Random random) => new()
    {
        Name = $"{"aAbÄ-"[random.Next(5)]}{Guid.NewGuid():N}",
        Url = "http://127.0.0.1/",
        Enabled = random.Next(4) > 0,
        Status = (TargetStatus)random.Next(3),
        StatusSince = random.Next(3) == 0 ? null : Noon.AddMilliseconds(100 * random.Next(4)),
    };
}

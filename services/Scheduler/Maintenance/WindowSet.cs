using Skypunch.Contracts.Filters;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>A window that covers a target.</summary>
/// <param name="Window">The window.</param>
/// <param name="Until">When it ends; null: it is over already, and covered the target when the probe began.</param>
internal readonly record struct Coverage(KnownWindow Window, DateTimeOffset? Until);

/// <summary>The enabled maintenance windows. Pure.</summary>
/// <param name="windows">The windows, by id.</param>
internal sealed class WindowSet(IReadOnlyList<KnownWindow> windows)
{
    /// <summary>The window that covers a target when its probe begins or when the result is folded; of several, the one that ends last.</summary>
    /// <param name="facts">The target.</param>
    /// <param name="began">When the probe began, not later than <paramref name="now"/>.</param>
    /// <param name="now">When the result is folded.</param>
    public Coverage? Covering(FilterFacts facts, DateTimeOffset began, DateTimeOffset now)
    {
        Coverage? found = null;
        foreach (var window in windows)
        {
            var until = window.CoversUntil(now);
            var isLater = found is null || until > (found.Value.Until ?? DateTimeOffset.MinValue);
            if (isLater && (until is not null || window.CoversUntil(began) is not null) && window.Selects(facts))
            {
                found = new Coverage(window, until);
            }
        }

        return found;
    }
}

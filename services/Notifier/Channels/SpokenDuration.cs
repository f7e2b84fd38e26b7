namespace Skypunch.Notifier.Channels;

/// <summary>A duration as a human says it: its two largest units, without those that are zero.</summary>
internal static class SpokenDuration
{
    /// <summary>The text: <c>3 d 4 h</c>, <c>2 min 5 s</c>, <c>less than 1 s</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        (int Count, string Unit)[] units =
        [
            (duration.Days, "d"),
            (duration.Hours, "h"),
            (duration.Minutes, "min"),
            (duration.Seconds, "s"),
        ];
        var shown = units.SkipWhile(u => u.Count <= 0).Take(2).Where(u => u.Count > 0).Select(u => $"{u.Count} {u.Unit}").ToList();
        return shown.Count == 0 ? "less than 1 s" : string.Join(' ', shown);
    }
}

using Skypunch.Contracts.Texts;

namespace Skypunch.Scheduler.Reports;

/// <summary>
/// Which labels of targets become labels of their metrics: those that a setting names, as each value of each is another series to
/// Prometheus. The names are those that kube-state-metrics gives: <c>label_</c> and the key, with <c>_</c> for what Prometheus does not
/// take. Pure.
/// </summary>
internal static class MetricLabels
{
    /// <summary>Reads the setting: keys with commas between them.</summary>
    /// <returns>Each key and the name in metrics; null: one is no key, or two have the same name.</returns>
    public static IReadOnlyList<(string Key, string Name)>? Read(string setting)
    {
        var labels = setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(key => (Key: key, Name: NameOf(key))).ToList();
        return labels.TrueForAll(label => LabelText.FaultOfKey(label.Key) is null) && labels.DistinctBy(label => label.Name).Count() == labels.Count ? labels : null;
    }

    private static string NameOf(string key) => $"label_{string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}";
}

using System.Globalization;
using System.Text;

namespace Skypunch.Scheduler.Reports;

/// <summary>Writes gauges in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4). Pure.</summary>
internal sealed class MetricText
{
    /// <summary>The content type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Dictionary<string, StringBuilder> _metrics = [];
    private readonly StringBuilder _text = new();

    /// <summary>Declares a metric. Metrics are written in the order of their declaration.</summary>
    public void Declare(string name, string help) => _metrics[name] = new StringBuilder($"# HELP {name} {help}\n# TYPE {name} gauge\n");

    /// <summary>Adds a value of a metric. Null adds nothing.</summary>
    public void Add(string name, string labels, double? value)
    {
        if (value is { } number)
        {
            _metrics[name].Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {number:R}\n");
        }
    }

    /// <summary>A label and its escaped value, as they stand in a label set.</summary>
    public static string Label(string name, string value)
        => $"{name}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    public override string ToString() => _text.Clear().AppendJoin("", _metrics.Values.Select(metric => metric.ToString())).ToString();
}

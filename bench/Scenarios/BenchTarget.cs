namespace Skypunch.Bench.Scenarios;

/// <summary>A target of a run.</summary>
/// <param name="Id">The id of the target in the store and in the path of its URL.</param>
/// <param name="Url">The URL to probe.</param>
/// <param name="Frequency">The time between two probes, in seconds.</param>
/// <param name="Timeout">The timeout of a probe, in seconds.</param>
/// <param name="Kind">How the web server answers.</param>
internal sealed record BenchTarget(int Id, string Url, int Frequency, int Timeout, TargetKind Kind)
{
    /// <summary>The targets of a scenario, with ids from 1.</summary>
    public static List<BenchTarget> Of(Scenario scenario, int httpPort, int httpsPort)
    {
        var targets = new List<BenchTarget>();
        foreach (var group in scenario.Groups)
        {
            var server = group.IsTls ? $"https://127.0.0.1:{httpsPort}" : $"http://127.0.0.1:{httpPort}";
            for (var i = 0; i < group.Count; i++)
            {
                var id = targets.Count + 1;
                var url = $"{server}/{group.Kind.ToString().ToLowerInvariant()}/{id}";
                targets.Add(new BenchTarget(id, url, group.Frequency, group.Timeout, group.Kind));
            }
        }

        return targets;
    }
}

using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Writes a line for each scheduled probe in the 2013 format, under a category of its own, so that a host can give it a file of its own, or
/// none. As in 2013, a failure is an Error there.
/// </summary>
internal sealed partial class ProbeLog(ILoggerFactory loggers)
{
    /// <summary>The category.</summary>
    public const string Category = "Skypunch.ProbeLog";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    /// <summary>Writes the line.</summary>
    public void Write(ProbeJob job, ProbeResult result)
    {
        var level = result.Passed ? LogLevel.Information : LogLevel.Error;
        if (!_logger.IsEnabled(level))
        {
            return;
        }

        var name = OneLine.Of(job.Name).PadRight(30);
        var method = OneLine.Of(job.Method);
        var url = TargetAddress.Of(job.Url, job.Catalog?.ServiceType);
        LogProbe(level, job.TargetId, name, method, url, result.Passed ? "PASS" : "FAIL", result.Description);
    }

    [LoggerMessage(Message = "[{TargetId}] {Name} {Method} {Url} {Status} ({Description})")]
    private partial void LogProbe(LogLevel level, long targetId, string name, string method, string url, string status, string description);
}

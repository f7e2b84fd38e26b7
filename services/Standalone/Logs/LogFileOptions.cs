using System.ComponentModel.DataAnnotations;

namespace Skypunch.Standalone.Logs;

/// <summary>How much of the log is kept. What is logged is set as everywhere in .NET, under <c>Logging:LogLevel</c>.</summary>
internal sealed class LogFileOptions
{
    public const string Section = "LogFile";

    /// <summary>Where the log is; a full path.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>The size at which a new file is begun, in bytes; from 10 kB to 1 GB.</summary>
    [Range(10_000L, 1_000_000_000L)]
    public long MaxBytes { get; set; } = 10_000_000;

    /// <summary>How many files are kept, with the current one.</summary>
    [Range(1, 100)]
    public int Files { get; set; } = 5;
}

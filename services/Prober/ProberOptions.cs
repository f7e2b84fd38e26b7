using System.ComponentModel.DataAnnotations;

namespace Skypunch.Prober;

/// <summary>How much a Prober takes on, and what it trusts.</summary>
internal sealed class ProberOptions
{
    public const string Section = "Prober";

    /// <summary>The name of this Prober in results and in the list of Probers seen.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1)]
    public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>The most probes that run side by side; the others wait, and their timeout has not begun.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentProbes { get; set; } = 2000;

    /// <summary>
    /// The most batches taken from the broker and not finished yet. A batch takes as long as its slowest target, so this is a large number.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxConcurrentBatches { get; set; } = 1000;

    /// <summary>
    /// How long probes in flight may go on when the Prober is told to stop. What is not done by then goes back to the broker.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25", ParseLimitsInInvariantCulture = true)]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A PEM file of certificate authorities that are trusted beside the system's; null: only the system's.</summary>
    public string? TrustedCaFile { get; set; }
}

using System.ComponentModel.DataAnnotations;
using Skypunch.ServiceDefaults.Egress;

namespace Skypunch.Prober.Settings;

/// <summary>How much a Prober takes on, and what it trusts.</summary>
internal sealed class ProberOptions
{
    public const string Section = "Prober";

    /// <summary>The name of this Prober in results and in the list of Probers seen.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1)]
    public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>
    /// The most probes that run side by side; the others wait, and their timeout has not begun. A job waits no longer than its patience.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxConcurrentProbes { get; set; } = 2000;

    /// <summary>
    /// The most batches taken from the broker and not finished yet, however few jobs are in them. A batch has the jobs that fall due within
    /// 10 ms, so most batches have a job or two, and it takes as long as its slowest target: when all targets hang for the usual timeout of
    /// 10 s, 100 batches a second make 1000. Below this limit, the Prober takes what it has places for (ReceiveWindow).
    /// </summary>
    [Range(1, 10_000)]
    public int MaxConcurrentBatches { get; set; } = 1000;

    /// <summary>
    /// The most bytes of an answer's body that are read, and that it may unpack to. An assertion on a longer body cannot be judged.
    /// </summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How long probes in flight may go on when the Prober is told to stop. The jobs of probes that are not done by then go back to the
    /// broker.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25", ParseLimitsInInvariantCulture = true)]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Networks (or addresses) that a probe must not connect to, separated by commas, beside link-local addresses and those of the clouds'
    /// metadata. The longest network that an address lies in decides between this list and <see cref="EgressAllow"/>.
    /// </summary>
    [Networks]
    public string? EgressDeny { get; set; }

    /// <summary>Networks (or addresses) that a probe may connect to although a network that is as large or larger is denied.</summary>
    [Networks]
    public string? EgressAllow { get; set; }

    /// <summary>A PEM file of certificate authorities that are trusted beside the system's; null: only the system's.</summary>
    public string? TrustedCaFile { get; set; }

    /// <summary>
    /// Addresses that take a connection while this Prober's network works, each "host:port" or a URL, with commas between. They are used
    /// beside the targets that passed before.
    /// </summary>
    public string? References { get; set; }

    /// <summary>
    /// For how long a Prober that is cut off withholds failures by the network where no other Prober can be asked. After that they are
    /// reported, so that what is down is not hidden for ever.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LongestDoubt { get; set; } = TimeSpan.FromMinutes(2);
}

using System.ComponentModel.DataAnnotations;

namespace Skypunch.Scheduler;

/// <summary>How the scheduler claims, releases and announces.</summary>
internal sealed class SchedulerOptions
{
    public const string Section = "Scheduler";

    /// <summary>How often due targets are claimed. While none is due it is looked when the next one can be claimed, and after a second at the latest.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan ClaimInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How far ahead of their slot targets are claimed, so that they can be released at its exact instant. More than <see cref="ClaimInterval"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan LookAhead { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many targets are claimed in one transaction.</summary>
    [Range(1, 10_000)]
    public int ClaimBatchSize { get; init; } = 500;

    /// <summary>Jobs that fall due within this time travel together; the price is that they may be this late.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan ReleaseInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How many jobs one message carries at the most.</summary>
    [Range(1, 1000)]
    public int JobsPerMessage { get; init; } = 100;

    /// <summary>How often status changes are looked for that are to be announced (again); a change made by this process is announced at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RelayInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long a change that the Notifier has not answered is announced again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RelayRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many messages with results are folded side by side. SQLite takes one writer at a time.</summary>
    [Range(1, 64)]
    public int FoldConcurrency { get; init; } = 8;

    /// <summary>For how long the status changes of targets are kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan ChangeRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>After how many slots in a row that a fault of Skypunch's own kept from being probed the notifiers are told.</summary>
    [Range(1, 1000)]
    public int NotProbedNotice { get; init; } = 5;

    /// <summary>Whether a stop waits for the probes in flight: where all of Skypunch is one process, nobody else would record them.</summary>
    public bool DrainOnStop { get; init; }

    /// <summary>How long such a stop waits at the most.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Where the Notifier's admin API is, to which calls for it are forwarded; null where it is in the same process.</summary>
    public Uri? NotifierUrl { get; init; }
}

using System.ComponentModel.DataAnnotations;

namespace Skypunch.Scheduler.Model;

/// <summary>The settings of the Scheduler: how it claims targets, releases jobs and announces status changes.</summary>
internal sealed class SchedulerOptions
{
    public const string Section = "Scheduler";

    /// <summary>
    /// How often due targets are claimed. While no target is due, the next claim is when the next target can be claimed, but within a
    /// second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan ClaimInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How far ahead of its slot a target is claimed, so that its job can be released exactly at the slot. Must be more than
    /// <see cref="ClaimInterval"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan LookAhead { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many targets are claimed in one transaction.</summary>
    [Range(1, 10_000)]
    public int ClaimBatchSize { get; init; } = 500;

    /// <summary>Jobs that fall due within this time go into one message; a job may be late by as much.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan ReleaseInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The most jobs in one message.</summary>
    [Range(1, 1000)]
    public int JobsPerMessage { get; init; } = 100;

    /// <summary>
    /// How often the relay looks for status changes to announce (again). A change that this process has made is announced at once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RelayInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After this time a change that the Notifier has not confirmed is announced again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RelayRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many messages with results are folded side by side. On SQLite they still run one after the other, since it allows one writer at
    /// a time.
    /// </summary>
    [Range(1, 64)]
    public int FoldConcurrency { get; init; } = 8;

    /// <summary>For how long the status changes of targets are kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan ChangeRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// For how long results are kept one by one; null: for 7 days, or for a day where there are more than 10,000 targets. Hours, days and
    /// incidents are kept longer.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "400.00:00:00")]
    public TimeSpan? ResultRetention { get; init; }

    /// <summary>For how long the history is kept by the hour.</summary>
    [Range(typeof(TimeSpan), "2.00:00:00", "3650.00:00:00")]
    public TimeSpan HourRetention { get; init; } = TimeSpan.FromDays(35);

    /// <summary>For how long the history is kept by the day, and incidents that have ended.</summary>
    [Range(typeof(TimeSpan), "2.00:00:00", "3650.00:00:00")]
    public TimeSpan DayRetention { get; init; } = TimeSpan.FromDays(800);

    /// <summary>
    /// A notice is raised when a target could not be probed in this many slots in a row because of a fault of Skypunch's own.
    /// </summary>
    [Range(1, 1000)]
    public int NotProbedNotice { get; init; } = 5;

    /// <summary>The keys of labels of targets that are labels of their metrics, too, with commas between them; empty: none are.</summary>
    public string MetricLabels { get; init; } = "";

    /// <summary>
    /// Whether a stop waits for the results of the probes in flight. Where all of Skypunch is one process, no other process would record
    /// them.
    /// </summary>
    public bool DrainOnStop { get; init; }

    /// <summary>How long such a stop waits at most.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The address of the Notifier's admin API, to which calls of it are forwarded; null where the Notifier is in the same process.
    /// </summary>
    public Uri? NotifierUrl { get; init; }
}

using System.ComponentModel.DataAnnotations;
using Skypunch.Contracts.Filters;

namespace Skypunch.Scheduler.Model;

/// <summary>
/// A row of <c>maintenance_windows</c>: when failures of which targets are expected. One of three forms has values: <see cref="StartAt"/>
/// and <see cref="EndAt"/>; <see cref="Weekdays"/>, <see cref="TimeOfDay"/> and <see cref="Duration"/>; <see cref="Cron"/> and
/// <see cref="Duration"/>.
/// </summary>
internal sealed class MaintenanceWindow
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 128;

    /// <summary>The longest description.</summary>
    public const int LongestDescription = 1024;

    /// <summary>The longest list of weekdays.</summary>
    public const int LongestWeekdays = 64;

    /// <summary>The longest cron line.</summary>
    public const int LongestCron = 128;

    /// <summary>The longest name of a time zone.</summary>
    public const int LongestZone = 64;

    public long Id { get; init; }

    /// <summary>Unique.</summary>
    [MaxLength(LongestName)]
    public required string Name { get; set; }

    [MaxLength(LongestDescription)]
    public string Description { get; set; } = "";

    /// <summary>Which targets are meant: a <see cref="FilterText"/> that is not blank.</summary>
    [MaxLength(FilterText.Longest)]
    public string Filter { get; set; } = "";

    /// <summary>The begin of a window that comes once.</summary>
    public DateTimeOffset? StartAt { get; set; }

    /// <summary>The end of a window that comes once.</summary>
    public DateTimeOffset? EndAt { get; set; }

    /// <summary>The days of a weekly window, such as <c>MON-FRI,SUN</c>.</summary>
    [MaxLength(LongestWeekdays)]
    public string? Weekdays { get; set; }

    /// <summary>When a weekly window begins, such as <c>22:30</c>.</summary>
    [MaxLength(5)]
    public string? TimeOfDay { get; set; }

    /// <summary>When a window begins, as five fields of cron.</summary>
    [MaxLength(LongestCron)]
    public string? Cron { get; set; }

    /// <summary>The IANA name of the time zone of <see cref="TimeOfDay"/> and <see cref="Cron"/>.</summary>
    [MaxLength(LongestZone)]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>How long a window that comes again lasts, in seconds.</summary>
    public int? Duration { get; set; }

    public bool Enabled { get; set; } = true;
}

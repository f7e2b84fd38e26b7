namespace Skypunch.Scheduler.Maintenance;

/// <summary>One time in which a maintenance window covers its targets.</summary>
/// <param name="Start">The first instant.</param>
/// <param name="End">The first instant after it.</param>
internal readonly record struct Occurrence(DateTimeOffset Start, DateTimeOffset End);

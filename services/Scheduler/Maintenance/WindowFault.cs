namespace Skypunch.Scheduler.Maintenance;

/// <summary>What is wrong with a window.</summary>
/// <param name="Field">The field of the API, such as <c>weekly.duration</c>.</param>
/// <param name="Words">The end of a sentence about it, such as "must be given".</param>
internal readonly record struct WindowFault(string Field, string Words);

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>The progress of something that the start of a process waits for (<see cref="StartupGate"/>).</summary>
/// <param name="Name">What the process waits for.</param>
/// <param name="Doing">What is done now; null: nothing has begun.</param>
/// <param name="Trouble">Why the last attempt has failed; null: it has not.</param>
public sealed record StartupStep(string Name, string? Doing, string? Trouble);

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>How far something is that a start waits for.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Doing">What is done now; null: it has not begun.</param>
/// <param name="Trouble">Why the last try has failed; null: none has.</param>
public sealed record StartupStep(string Name, string? Doing, string? Trouble);

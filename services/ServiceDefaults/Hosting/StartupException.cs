namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>
/// This process cannot start with its settings. The message is for the operator: one sentence that names the setting and the remedy.
/// </summary>
public sealed class StartupException(string message) : Exception(message);

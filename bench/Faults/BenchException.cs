namespace Skypunch.Bench.Faults;

/// <summary>A run that is not possible; the message says why and what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);

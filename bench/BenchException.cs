namespace Skypunch.Bench;

/// <summary>A run that cannot be made, told in a sentence with the remedy.</summary>
internal sealed class BenchException(string message) : Exception(message);

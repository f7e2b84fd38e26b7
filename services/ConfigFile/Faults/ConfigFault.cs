namespace Skypunch.ConfigFile.Faults;

/// <summary>Something wrong with a configuration file. It never repeats a value of the file, which may be a secret.</summary>
/// <param name="File">The file's name, as the user gave it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">What is at fault, such as <c>targets[1].frequency</c>, counted from 0; empty for the file itself.</param>
/// <param name="Message">What is wrong and the remedy.</param>
public sealed record ConfigFault(string File, int Line, string Path, string Message)
{
    /// <summary>The fault as a compiler would print it: <c>skypunch.yaml:12: targets[1].frequency: must be …</c>.</summary>
    public override string ToString() => Path.Length == 0 ? $"{File}:{Line}: {Message}" : $"{File}:{Line}: {Path}: {Message}";
}

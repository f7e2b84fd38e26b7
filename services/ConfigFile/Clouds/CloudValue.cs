namespace Skypunch.ConfigFile.Clouds;

/// <summary>A value of a cloud and where it stands. Not a record: its text would show a secret.</summary>
internal sealed class CloudValue(string text, string file, int line, string path)
{
    /// <summary>The value.</summary>
    public string Text { get; } = text;

    /// <summary>The file; empty for a variable of the environment.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1; 0 for a variable.</summary>
    public int Line { get; } = line;

    /// <summary>What the user calls it: <c>clouds.prod.auth.username</c>, or <c>OS_USERNAME</c>.</summary>
    public string Path { get; } = path;
}

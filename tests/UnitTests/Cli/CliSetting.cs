using Skypunch.Cli.Terminal;

namespace Skypunch.UnitTests.Cli;

/// <summary>The surroundings of a run: environment, standard input, terminal, data folder.</summary>
internal sealed class CliSetting : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("skypunch-cli-");

    public CliSetting(string? server = null)
    {
        Environment["SKYPUNCH_HOME"] = _data.FullName;
        if (server is not null)
        {
            Environment["SKYPUNCH_SERVER"] = server;
        }
    }

    public Dictionary<string, string> Environment { get; } = [];

    public string Stdin { get; set; } = "";

    /// <summary>What the user types when asked for a secret; null if the standard input is not a terminal.</summary>
    public string? Typed { get; init; }

    public int? TerminalWidth { get; init; }

    public TimeProvider Time { get; init; } = new TestTime();

    public string Data => _data.FullName;

    public string WriteFile(string name, string content)
    {
        var path = Path.Combine(Data, name);
        File.WriteAllText(path, content);
        return path;
    }

    public Surroundings Around(TextWriter stdout, TextWriter stderr) => new()
    {
        Out = stdout,
        Error = stderr,
        In = () => new StringReader(Stdin),
        AskHidden = Typed is null ? null : () => Typed,
        Environment = name => Environment.GetValueOrDefault(name),
        Time = Time,
        TerminalWidth = TerminalWidth,
        ProgramFolder = Data,
    };

    public void Dispose() => _data.Delete(recursive: true);
}

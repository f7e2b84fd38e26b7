using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grpc.Core;
using Skypunch.Cli.Connection;
using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.Verbs;

/// <summary>One run of one verb: what was given, whom it talks to, and how it prints.</summary>
internal sealed class Session(ParseResult given, GlobalOptions options, Surroundings surroundings) : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);
    private AdminApi? _api;

    /// <summary>What was given on the command line.</summary>
    public ParseResult Given => given;

    public Surroundings Surroundings => surroundings;

    /// <summary>How results are printed.</summary>
    public OutputFormat Format { get; } = given.GetValue(options.Output);

    /// <summary>Whether results are printed as JSON.</summary>
    public bool Json => Format is OutputFormat.Json;

    /// <summary>The daemon's folder.</summary>
    public DataFolder Data { get; } = DataFolder.Resolve(given.GetValue(options.Data), surroundings.Environment);

    /// <summary>What the verb is about, for errors.</summary>
    public CallSubject Subject { get; } = new();

    /// <summary>The exit code when the server answers with an error.</summary>
    public int ExitCodeOfErrors { get; set; } = ExitCodes.Failed;

    /// <summary>The admin API of the server that was chosen.</summary>
    public AdminApi Api => _api ??= new AdminApi(
        ServerChoice.Resolve(given.GetValue(options.Server), given.GetValue(options.TokenFile), Data, surroundings.Environment));

    /// <summary>The options of a call, which may take 30 s or as long as given.</summary>
    public CallOptions Call(CancellationToken cancellationToken, TimeSpan? timeout = null)
        => new(deadline: (surroundings.Time.GetUtcNow() + (timeout ?? CallTimeout)).UtcDateTime, cancellationToken: cancellationToken);

    /// <summary>Prints a line for people; nothing where programs read.</summary>
    public void Say(string line)
    {
        if (Format is not (OutputFormat.Json or OutputFormat.Csv))
        {
            surroundings.Out.WriteLine(Printable.Of(line));
        }
    }

    /// <summary>Prints a result: as JSON, or as <paramref name="print"/> does.</summary>
    public void Show<T>(T result, JsonTypeInfo<T> type, Action print)
    {
        if (Json)
        {
            surroundings.Out.WriteLine(Printable.InJson(JsonSerializer.Serialize(result, type)));
        }
        else
        {
            print();
        }
    }

    /// <summary>Prints a result: as JSON, or as a table.</summary>
    public void Show<T>(T result, JsonTypeInfo<T> type, ResultTable table) => Show(result, type, () => table.WriteTo(surroundings));

    /// <summary>Prints a result: as JSON, as CSV, or as <paramref name="print"/> does.</summary>
    public void Show<T>(T result, JsonTypeInfo<T> type, Func<CsvText> csv, Action print)
        => Show(result, type, Format is OutputFormat.Csv ? () => csv().WriteTo(surroundings.Out) : print);

    /// <summary>Says that something is still going on.</summary>
    public Progress Progress(string what) => new(surroundings, what, isSilent: Json);

    public void Dispose() => _api?.Dispose();
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone;

/// <summary>The arguments with which the daemon is started.</summary>
internal sealed record DaemonArguments
{
    public const int DefaultPort = 7413;

    private const string BackgroundFlag = "--background";

    private const string Usage =
        """
        usage: skypunchd [--data DIR] [--config FILE] [--port N] [--background]
               skypunchd --health [--data DIR]

          --data DIR     where targets, secrets and the log are kept (default: $SKYPUNCH_HOME, or ~/.local/share/skypunch)
          --config FILE  what a first start loads (default: skypunch.yaml in the current folder, if there is one)
          --port N       the port of the admin API; N + 1 is the port of /healthz and /readyz, N + 2 that of the page (default: 7413)
          --background   leave the terminal; the log goes to its file only
          --health       ask the daemon of the data folder whether it is ready: exit code 0 if it is, 1 if not
        """;

    /// <summary>The data folder, as a full path.</summary>
    public required string Data { get; init; }

    /// <summary>The configuration file, as the user gave it; null: not given.</summary>
    public string? Config { get; init; }

    /// <summary>The port of the admin API; null: not given.</summary>
    public int? Port { get; init; }

    /// <summary>Whether to leave the terminal.</summary>
    public bool Background { get; init; }

    /// <summary>Whether to ask the daemon that runs whether it is ready, instead of starting one.</summary>
    public bool Health { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="environment">Gives an environment variable; null: not set.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="answer">What to print instead of starting.</param>
    /// <param name="error">What is wrong, as one sentence; null where there is an answer.</param>
    public static bool TryParse(
        IReadOnlyList<string> args,
        Func<string, string?> environment,
        [NotNullWhen(true)] out DaemonArguments? arguments,
        out string? answer,
        out string? error)
    {
        arguments = null;
        answer = args.Contains("--help") || args.Contains("-h") ? Usage : args.Contains("--version") ? SkypunchVersion.Current : null;
        error = null;
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        if (answer is not null || !TryRead(args, said, out error))
        {
            return false;
        }

        int? port = null;
        if (said.TryGetValue("--port", out var text))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65533)
            {
                error = "--port must be a number from 1 to 65533: the two ports after it are taken too.";
                return false;
            }

            port = number;
        }

        if ((said.GetValueOrDefault("--data") ?? DefaultDataFolder.Of(environment)) is not { } data)
        {
            error = "There is no home folder to keep the data in; name a folder with --data or in SKYPUNCH_HOME.";
            return false;
        }

        arguments = new DaemonArguments
        {
            Data = Path.GetFullPath(data),
            Config = said.GetValueOrDefault("--config"),
            Port = port,
            Background = said.ContainsKey(BackgroundFlag),
            Health = said.ContainsKey(HealthQuestion.Argument),
        };
        return true;
    }

    private static bool TryRead(IReadOnlyList<string> args, Dictionary<string, string> said, out string? error)
    {
        error = null;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (name is "--data" or "--config" or "--port")
            {
                value ??= i + 1 < args.Count ? args[++i] : "";
                if (value.Length == 0)
                {
                    error = $"{name} needs a value; see skypunchd --help.";
                    return false;
                }
            }
            else if (args[i] is not (BackgroundFlag or HealthQuestion.Argument))
            {
                error = $"skypunchd does not know '{args[i]}'; see skypunchd --help.";
                return false;
            }

            said[name] = value ?? "";
        }

        return true;
    }
}

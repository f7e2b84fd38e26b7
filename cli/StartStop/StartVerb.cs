using System.CommandLine;
using System.Globalization;
using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.StartStop;

/// <summary><c>skypunch start</c>: runs the daemon in the background, or attached.</summary>
internal static class StartVerb
{
    public static VerbCommand Create(VerbRunner runner)
    {
        var config = Parsed.Text(
            "--config", "FILE", "What to watch, read only into an empty store. Default: skypunch.yaml of the current folder, if any.");
        var port = Parsed.Number(
            "--port", "Where the admin API listens, on this machine only; health answers on the next port, the page is on the one after. Default: 7413.", 1, 65533);
        var foreground = new Option<bool>("--foreground") { Description = "Stay attached and print the log; Ctrl+C stops the daemon." };
        return new VerbCommand("start", "Starts the daemon that watches.")
        {
            Usage = ["start [--config FILE] [--data DIR] [--port N] [--foreground]"],
            Examples =
            [
                ("start", "Runs it in the background."),
                ("start --config my.yaml --data ./data --port 8000", "Runs one more beside it; give the other commands --data ./data too."),
                ("start --foreground", "For systemd, or to look on."),
            ],
        }.With(config, port, foreground).Does(runner, async (session, cancellationToken) =>
        {
            if (DaemonInfo.ReadRunning(session.Data) is { } running)
            {
                throw CliFault.Local($"skypunch is already running with pid {running.Pid}");
            }

            List<string> arguments = ["--data", session.Data.Path];
            if (session.Given.GetValue(config) is { } file)
            {
                arguments.AddRange(["--config", file]);
            }

            if (session.Given.GetResult(port) is not null)
            {
                arguments.AddRange(["--port", session.Given.GetValue(port).ToString(CultureInfo.InvariantCulture)]);
            }

            var daemon = DaemonBinary.Find(session.Surroundings);
            return session.Given.GetValue(foreground)
                ? await new ForegroundDaemon(daemon).RunAsync(arguments, cancellationToken)
                : await StartAsync(session, daemon, arguments, cancellationToken);
        });
    }

    private static async Task<int> StartAsync(
        Session session,
        DaemonBinary daemon,
        List<string> arguments,
        CancellationToken cancellationToken)
    {
        using var started = BackgroundDaemon.Start(daemon, arguments, session.Data);
        session.Say($"started with pid {started.Pid}");
        session.Say("starting skypunch ....");
        await started.WaitUntilReadyAsync(session, cancellationToken);

        var info = DaemonInfo.Read(session.Data);
        var log = info?.Log ?? session.Data.LogFile;
        session.Show(
            new StartedJson(info?.Pid ?? started.Pid, info?.AdminUrl, info?.HealthUrl, info?.WebUrl, session.Data.Path, log),
            DaemonShapes.Json.StartedJson,
            () =>
            {
                var suffix = session.Data.IsDefault ? "" : $" --data {Quoted(session.Data.Path)}";
                session.Say($"page: {info?.WebUrl ?? "none: this daemon is of a release before the page"}");
                session.Say($"data: {session.Data.Path}");
                session.Say($"log:  {log}");
                session.Say($"try:  {daemon.CommandPrefix} open{suffix}");
                session.Say($"      {daemon.CommandPrefix} targets{suffix}");
                session.Say($"      {daemon.CommandPrefix} targets 1 test{suffix}");
                session.Say($"      {daemon.CommandPrefix} stop{suffix}");
            });
        return ExitCodes.Ok;
    }

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}

/// <summary>The daemon that has been started, for programs.</summary>
internal sealed record StartedJson(int Pid, string? AdminUrl, string? HealthUrl, string? WebUrl, string Data, string Log);

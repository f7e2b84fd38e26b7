using System.ComponentModel;
using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.StartStop;

/// <summary><c>skypunch stop</c>: asks the daemon to end and waits until it has.</summary>
internal static class StopVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static VerbCommand Create(VerbRunner runner)
        => new VerbCommand("stop", "Stops the daemon. Probes in flight finish first; nothing is lost.")
        {
            Usage = ["stop [--data DIR]"],
            Examples =
            [
                ("stop", "Stops the one that 'start' started."),
                ("stop --data ./data", "Stops the one that was started with that folder."),
            ],
        }.Does(runner, async (session, cancellationToken) =>
        {
            var daemon = Find(session.Data);
            session.Say("shutting down skypunch ...");
            try
            {
                DaemonProcess.Terminate(daemon.Pid);
            }
            catch (Win32Exception e)
            {
                throw CliFault.Local($"skypunch (pid {daemon.Pid}) cannot be stopped: {e.Message}");
            }

            await session.Progress("shutting down").WatchAsync(WaitUntilGoneAsync(daemon, session, cancellationToken));
            session.Show(new StoppedJson(daemon.Pid, Stopped: true), DaemonShapes.Json.StoppedJson, () => { });
            return ExitCodes.Ok;
        });

    private static DaemonInfo Find(DataFolder data)
        => (DaemonLock.IsHeld(data), DaemonInfo.Read(data)) switch
        {
            (true, { } running) => running,
            (true, null) => throw CliFault.Local("skypunch is just starting or stopping: try again in a moment"),
            (false, null) => throw CliFault.Local("skypunch is not running"),
            (false, { } gone) => throw CliFault.Local(
                $"skypunch is not running: pid {gone.Pid} has gone without a clean stop; its log may say why: {gone.Log ?? data.LogFile}"),
        };

    private static async Task WaitUntilGoneAsync(DaemonInfo daemon, Session session, CancellationToken cancellationToken)
    {
        var time = session.Surroundings.Time;
        var start = time.GetTimestamp();
        while (IsStillThere(daemon, session.Data))
        {
            if (time.GetElapsedTime(start) > Patience)
            {
                var log = daemon.Log ?? session.Data.LogFile;
                throw CliFault.Local(
                    $"skypunch (pid {daemon.Pid}) has not stopped within {Patience.TotalSeconds:F0} s; its log may say why: {log}");
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    // Another that was started meanwhile, as a service manager does, has a pid of its own.
    private static bool IsStillThere(DaemonInfo daemon, DataFolder data)
        => DaemonLock.IsHeld(data) && (DaemonInfo.Read(data)?.Pid ?? daemon.Pid) == daemon.Pid;
}

/// <summary>The daemon that has been stopped, for programs.</summary>
internal sealed record StoppedJson(int Pid, bool Stopped);

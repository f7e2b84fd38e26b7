using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.StartStop;

/// <summary>
/// A daemon that is starting in the background. Until it says <c>ready</c> on its stdout, it tells there how far it is, and on its stderr
/// why it fails. Afterwards it writes to neither, so both can be closed and the daemon outlives this process.
/// </summary>
internal sealed class BackgroundDaemon : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly DataFolder _data;

    private BackgroundDaemon(Process process, DataFolder data)
    {
        _process = process;
        _data = data;
    }

    public int Pid => _process.Id;

    private string WhereToLook => $"its log may say why: {_data.LogFile}";

    public static BackgroundDaemon Start(DaemonBinary daemon, IEnumerable<string> arguments, DataFolder data)
    {
        var start = new ProcessStartInfo(daemon.Path, ["--background", .. arguments])
        {
            RedirectStandardInput = true, // pipes, so that whoever reads our output does not wait for the daemon's end
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return new BackgroundDaemon(process, data);
        }
        catch (Win32Exception e)
        {
            throw CliFault.Local($"the daemon {daemon.Path} cannot be started: {e.Message}");
        }
    }

    /// <summary>
    /// Prints what the daemon says until it is ready. A daemon that says nothing for a minute is stopped, and so is a daemon
    /// whose start the user interrupts.
    /// </summary>
    public async Task WaitUntilReadyAsync(Session session, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, session.Surroundings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var progress = session.Progress("starting");
        try
        {
            var isReady = await progress.WatchAsync(ReadUntilReadyAsync(Heard, either.Token));
            if (!isReady)
            {
                throw await DescribeFailureAsync(either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            End();
            throw timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested
                ? CliFault.Local($"skypunch was not ready after {Patience.TotalSeconds:F0} s and has been stopped; {WhereToLook}")
                : new OperationCanceledException(cancellationToken);
        }

        void Heard(string line)
        {
            timeout.CancelAfter(Patience);
            Say(session, progress, line);
        }
    }

    public void Dispose() => _process.Dispose();

    private static void Say(Session session, Progress progress, string line)
    {
        if (!session.Json)
        {
            progress.Say(Printable.Of(line));
        }
    }

    private async Task<bool> ReadUntilReadyAsync(Action<string> say, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == "ready")
            {
                return true;
            }

            say(line);
        }

        return false;
    }

    private async Task<CliFault> DescribeFailureAsync(CancellationToken cancellationToken)
    {
        var text = await _process.StandardError.ReadToEndAsync(cancellationToken);
        var said = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await _process.WaitForExitAsync(cancellationToken);
        return said.Length > 0
            ? new CliFault("LOCAL", ExitCodes.Failed, [.. said.Select(l => new FaultLine(WithoutPrefix(l)))])
            : CliFault.Local($"skypunch ended with exit code {_process.ExitCode} before it was ready; {WhereToLook}");
    }

    private static string WithoutPrefix(string line)
        => line.StartsWith("error: ", StringComparison.Ordinal) ? line["error: ".Length..] : line;

    private void End()
    {
        try
        {
            if (!_process.HasExited)
            {
                DaemonProcess.Terminate(_process.Id);
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or ArgumentException)
        {
            // the daemon ended by itself meanwhile
        }
    }
}

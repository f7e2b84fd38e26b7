using Grpc.Core;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Apply;

/// <summary>Makes the changes of a plan, and tells each when it is made.</summary>
internal sealed class ApplyRun(Session session, bool isDryRun)
{
    private readonly ApplyReport _report = new(session, isDryRun);
    private int _done;

    /// <summary>Makes all changes; a dry run only tells them.</summary>
    /// <exception cref="CliFault">A change failed. The changes before it are made, and those after it are not.</exception>
    public async Task DoAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var progress = session.Progress("applying");
        try
        {
            await progress.WatchAsync(DoAsync(changes, progress, cancellationToken));
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Stopped(e, changes[_done], changes.Count);
        }
        finally
        {
            _report.Close();
        }
    }

    private async Task DoAsync(IReadOnlyList<Change> changes, Progress progress, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            _report.Add(change, isDryRun ? change.Id : await change.DoAsync(cancellationToken), progress);
            _done++;
        }
    }

    private CliFault Stopped(RpcException error, Change change, int count)
    {
        var fault = RpcFaults.Describe(error, session.Api.Server.Display, session.Subject, ExitCodes.Failed);
        return new(fault.Code, fault.ExitCode, [.. fault.Lines.Select(l => l with { Text = $"{change.Kind} \"{change.Name}\": {l.Text}" })])
        {
            Hint = $"{_done} of {count} entries are done, and stay; apply the same files again to do the rest",
        };
    }
}

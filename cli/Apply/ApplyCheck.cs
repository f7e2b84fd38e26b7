using Google.Protobuf;
using Grpc.Core;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile;
using Skypunch.ConfigFile.Entries;
using Skypunch.ConfigFile.Faults;

namespace Skypunch.Cli.Apply;

/// <summary>Makes a plan of what the files say, or tells everything that is wrong with the files.</summary>
internal sealed class ApplyCheck(Session session, IReadOnlyList<ConfigDocument> documents)
{
    private readonly NotifierKind _notifiers = new(session);
    private readonly TargetKind _targets = new(session);

    /// <summary>What is to be done, in order.</summary>
    /// <param name="prune">Whether what no file names is deleted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CliFault">The files have faults, or the server does not accept what they say.</exception>
    public async Task<IReadOnlyList<Change>> PlanAsync(bool prune, CancellationToken cancellationToken)
    {
        List<ConfigFault> faults =
        [
            .. documents.SelectMany(d => d.Faults),
            .. Clashes(_notifiers, documents.SelectMany(d => d.Notifiers)),
            .. Clashes(_targets, documents.SelectMany(d => d.Targets)),
        ];
        var plan = new ApplyPlan(prune);
        try
        {
            await session.Progress("checking").WatchAsync(FillAsync(plan, cancellationToken));
        }
        catch (RpcException) when (faults.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            // A server that is not there does not hide what is wrong with the files.
        }

        faults.AddRange(plan.Faults);
        return faults.Count == 0 ? [.. plan.Changes] : throw Fault(faults.Distinct());
    }

    // What can be understood is checked by the server too, so that all is told at once.
    private async Task FillAsync(ApplyPlan plan, CancellationToken cancellationToken)
    {
        var sound = documents.Where(d => d.Faults.Count == 0).ToList();
        await plan.AddAsync(
            _notifiers, Unique(_notifiers, sound.SelectMany(d => d.Notifiers)), documents.Any(d => d.HasNotifiers), cancellationToken);
        await plan.AddAsync(
            _targets, Unique(_targets, sound.SelectMany(d => d.Targets)), documents.Any(d => d.HasTargets), cancellationToken);
    }

    private static List<ConfigEntry<T>> Unique<T>(ApplyKind<T> kind, IEnumerable<ConfigEntry<T>> entries)
        where T : class, IMessage<T>
        => [.. entries.DistinctBy(entry => kind.NameOf(entry.Resource), StringComparer.Ordinal)];

    // Where both entries stand in the same file, the reader of that file has told so already.
    private static IEnumerable<ConfigFault> Clashes<T>(ApplyKind<T> kind, IEnumerable<ConfigEntry<T>> entries)
        where T : class, IMessage<T>
    {
        var seen = new Dictionary<string, ConfigEntry<T>>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var name = kind.NameOf(entry.Resource);
            if (!seen.TryAdd(name, entry) && seen[name] is var first && first.File != entry.File)
            {
                var message = $"is the name of the {kind.Noun} at {first.File}:{first.Line} too; names must be unique";
                yield return entry.FaultAt($"{kind.Noun}.name", message);
            }
        }
    }

    private static CliFault Fault(IEnumerable<ConfigFault> faults)
    {
        var lines = faults.Select(f => new FaultLine(f.ToString(), f.Path, $"{f.File}:{f.Line}", f.Message));
        return new CliFault("INVALID_ARGUMENT", ExitCodes.Failed, [.. lines]) { Hint = "nothing was changed" };
    }
}

using System.CommandLine;
using Grpc.Core;
using Skypunch.Cli.Faults;
using Skypunch.ConfigFile;

namespace Skypunch.Cli.Apply;

/// <summary><c>skypunch apply -f FILE</c>: makes the server have what files say.</summary>
internal static class ApplyVerb
{
    public static VerbCommand Create(CommandLine commandLine)
    {
        var file = new Option<string[]>("--file")
        {
            HelpName = "FILE",
            Required = true,
            Description = "What there must be, in the form of skypunch.yaml; a folder stands for its *.yaml and *.yml files, - for stdin. May be repeated.",
        };
        file.Aliases.Add("-f");
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and say what would be done, but do nothing." };
        var prune = new Option<bool>("--prune")
        {
            Description = "Also delete the targets that no file names, if a file has 'targets:'; likewise the notifiers.",
        };
        return new VerbCommand("apply", "Creates and changes targets and notifiers so that they are as files say.")
        {
            Usage = ["apply -f FILE [-f FILE ...] [--dry-run] [--prune]"],
            Examples =
            [
                ("apply -f skypunch.yaml --dry-run", "Says what would be done."),
                ("apply -f monitoring/ --prune", "Makes the server have what the files of a folder name, and nothing else."),
                ("apply -f - -o json < targets.yaml", "Reads stdin, and tells a program what was done."),
            ],
            Remarks = "A name is what makes an entry the same one. What a file does not say of an entry is the default, whatever the server had. "
                + "Everything is checked first: where anything is wrong, nothing is changed. 'cloud: NAME' takes a login from clouds.yaml.",
        }.With(file, dryRun, prune).Does(commandLine, async (session, cancellationToken) =>
        {
            var documents = ApplyFiles.Read(session.Given.GetValue(file)!, session);
            var plan = new ApplyPlan(session.Given.GetValue(prune));
            await CheckAsync(documents, plan, session, cancellationToken);
            await RunAsync(plan, session, session.Given.GetValue(dryRun), cancellationToken);
            return ExitCodes.Ok;
        });
    }

    // A file that cannot be understood does not hide what the server says of the others, but neither does a server that is not there hide it.
    private static async Task CheckAsync(List<ConfigDocument> documents, ApplyPlan plan, Session session, CancellationToken cancellationToken)
    {
        var (notifiers, targets) = (new NotifierKind(session), new TargetKind(session));
        List<ConfigFault> faults =
        [
            .. documents.SelectMany(d => d.Faults),
            .. Clashes(notifiers, documents.SelectMany(d => d.Notifiers)),
            .. Clashes(targets, documents.SelectMany(d => d.Targets)),
        ];
        var sound = documents.Where(d => d.Faults.Count == 0).ToList();
        try
        {
            await session.Progress("checking").WatchAsync(PlanAsync());
        }
        catch (RpcException) when (faults.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
        }

        faults.AddRange(plan.Faults);
        if (faults.Count > 0)
        {
            var lines = faults.Distinct().Select(f => new FaultLine(f.ToString(), f.Path, $"{f.File}:{f.Line}", f.Message));
            throw new CliFault("INVALID_ARGUMENT", ExitCodes.Failed, [.. lines]) { Hint = "nothing was changed" };
        }

        async Task PlanAsync()
        {
            await plan.AddAsync(notifiers, [.. sound.SelectMany(d => d.Notifiers)], documents.Any(d => d.HasNotifiers), cancellationToken);
            await plan.AddAsync(targets, [.. sound.SelectMany(d => d.Targets)], documents.Any(d => d.HasTargets), cancellationToken);
        }
    }

    private static IEnumerable<ConfigFault> Clashes<T>(ApplyKind<T> kind, IEnumerable<ConfigEntry<T>> entries)
        where T : class, Google.Protobuf.IMessage<T>
    {
        var first = new Dictionary<string, ConfigEntry<T>>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!first.TryAdd(kind.NameOf(entry.Resource), entry) && first[kind.NameOf(entry.Resource)] is var other && other.File != entry.File)
            {
                yield return entry.FaultAt($"{kind.Noun}.name", $"is the name of the {kind.Noun} at {other.File}:{other.Line} too; names must be unique");
            }
        }
    }

    private static async Task RunAsync(ApplyPlan plan, Session session, bool isDryRun, CancellationToken cancellationToken)
    {
        var changes = plan.Changes.ToList();
        var report = new ApplyReport(session, isDryRun);
        var progress = session.Progress("applying");
        var done = 0;
        try
        {
            await progress.WatchAsync(DoAsync());
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            var fault = RpcFaults.Describe(e, session.Api.Server.Display, session.Subject, ExitCodes.Failed);
            var change = changes[done];
            var lines = fault.Lines.Select(l => l with { Text = $"{change.Kind} \"{change.Name}\": {l.Text}" });
            throw new CliFault(fault.Code, fault.ExitCode, [.. lines]) { Hint = $"{done} of {changes.Count} entries are done, and stay; apply the same files again to do the rest" };
        }
        finally
        {
            report.Close();
        }

        async Task DoAsync()
        {
            foreach (var change in changes)
            {
                report.Add(change, isDryRun ? change.Id : await change.DoAsync(cancellationToken), progress);
                done++;
            }
        }
    }
}

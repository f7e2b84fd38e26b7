using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Apply;

/// <summary>Tells what was done, or what would be: a line for each entry and a summary, or one object for programs.</summary>
internal sealed class ApplyReport(Session session, bool isDryRun)
{
    private const string SecretMark = "*";
    private readonly List<ChangeJson> _changes = [];

    /// <summary>Takes a change that was done, or would be.</summary>
    public void Add(Change change, long? id, Progress progress)
    {
        _changes.Add(new(change.Kind, id, change.Name, Word(change.Action), change.Fields, change.Secrets));
        if (!session.Json)
        {
            progress.Say(Printable.Of($"{change.Kind} \"{change.Name}\" {Words(change)}"));
        }
    }

    /// <summary>Tells the sum.</summary>
    public void Close()
    {
        var result = new ApplyJson(
            isDryRun,
            Count(ChangeAction.Created),
            Count(ChangeAction.Updated),
            Count(ChangeAction.Unchanged),
            Count(ChangeAction.Deleted),
            _changes);
        session.Show(result, ApplyShapes.Json.ApplyJson, () =>
        {
            if (_changes.Any(change => change.Secrets.Count > 0))
            {
                session.Say($"{SecretMark} cannot be read back to be compared, so it is written each time");
            }

            session.Say($"{result.Created} created, {result.Updated} updated, {result.Unchanged} unchanged, {result.Deleted} deleted"
                + (isDryRun ? " would be the result: nothing was changed" : ""));
        });
    }

    private string Words(Change change)
    {
        var fields = change.Fields.Concat(change.Secrets.Select(field => field + SecretMark)).ToList();
        return (isDryRun && change.Action is not ChangeAction.Unchanged ? "would be " : "")
            + Word(change.Action)
            + (fields.Count > 0 ? $" ({string.Join(", ", fields)})" : "");
    }

    private int Count(ChangeAction action) => _changes.Count(change => change.Action == Word(action));

    private static string Word(ChangeAction action) => action switch
    {
        ChangeAction.Created => "created",
        ChangeAction.Updated => "updated",
        ChangeAction.Deleted => "deleted",
        _ => "unchanged",
    };
}

/// <summary>What was done, for programs; with <c>dry_run</c> what would be.</summary>
internal sealed record ApplyJson(bool DryRun, int Created, int Updated, int Unchanged, int Deleted, IReadOnlyList<ChangeJson> Changes);

/// <summary>One entry: the fields that differ, and those that are written each time since they cannot be compared.</summary>
internal sealed record ChangeJson(
    string Kind,
    long? Id,
    string Name,
    string Action,
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> Secrets);

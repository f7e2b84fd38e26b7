using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Skypunch.ConfigFile.Entries;
using Skypunch.ConfigFile.Faults;

namespace Skypunch.Cli.Apply;

/// <summary>
/// What is to be done so that the server has what the files say. The server checks each entry and fills its defaults in, without a change:
/// so every fault is known before anything is done, and what a file leaves out is compared with the default that it stands for.
/// </summary>
/// <param name="prune">Whether what no file names is deleted.</param>
internal sealed class ApplyPlan(bool prune)
{
    private readonly List<Change> _changes = [];
    private readonly List<Change> _deletions = [];

    /// <summary>What the server does not accept.</summary>
    public List<ConfigFault> Faults { get; } = [];

    /// <summary>What is to be done, in order: what fails at once has somebody to tell, and nothing goes before all else is there.</summary>
    public IEnumerable<Change> Changes => _changes.Concat(_deletions);

    /// <summary>Plans the changes of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="entries">All entries of that kind.</param>
    /// <param name="isListed">Whether a file has a list of that kind. Without a list, nothing of that kind is deleted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AddAsync<T>(
        ApplyKind<T> kind,
        IReadOnlyList<ConfigEntry<T>> entries,
        bool isListed,
        CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        var others = (await kind.ListAsync(cancellationToken)).ToDictionary(kind.NameOf, StringComparer.Ordinal);
        var found = entries.Select(entry => others.Remove(kind.NameOf(entry.Resource), out var current) ? current : null).ToList();
        var wanted = entries.Select((entry, i) => found[i] is null ? entry.Resource : kind.Nameless(entry.Resource)).ToList();
        var answers = await kind.CheckAsync(wanted, cancellationToken);
        for (var i = 0; i < entries.Count; i++)
        {
            var resource = entries[i].Resource;
            if (answers[i].Whole is not { } whole)
            {
                Faults.AddRange(answers[i].FaultsOf(entries[i]));
            }
            else
            {
                _changes.Add(found[i] is { } current ? Update(kind, resource, whole, current) : Creation(kind, resource));
            }
        }

        if (prune && isListed)
        {
            _deletions.InsertRange(0, others.Values.OrderBy(kind.IdOf).Select(resource => Deletion(kind, resource)));
        }
    }

    private static Change Creation<T>(ApplyKind<T> kind, T wanted)
        where T : class, IMessage<T>
    {
        return new(kind.Noun, kind.NameOf(wanted), ChangeAction.Created, [], [], null, CreateAsync);

        async Task<long> CreateAsync(CancellationToken token) => kind.IdOf(await kind.CreateAsync(wanted, validateOnly: false, token));
    }

    private static Change Update<T>(ApplyKind<T> kind, T wanted, T whole, T current)
        where T : class, IMessage<T>
    {
        var differing = Differing(kind, whole, current);
        var secrets = kind.Secrets(whole, wanted, current, differing).Except(differing).ToList();
        var mask = new FieldMask { Paths = { differing.Concat(secrets) } };
        var id = kind.IdOf(current);
        return mask.Paths.Count > 0
            ? new(kind.Noun, kind.NameOf(wanted), ChangeAction.Updated, differing, secrets, id, UpdateAsync)
            : new(kind.Noun, kind.NameOf(wanted), ChangeAction.Unchanged, [], [], id, _ => Task.FromResult(id));

        async Task<long> UpdateAsync(CancellationToken token)
        {
            await kind.UpdateAsync(id, wanted, mask, token);
            return id;
        }
    }

    private static Change Deletion<T>(ApplyKind<T> kind, T resource)
        where T : class, IMessage<T>
    {
        return new(kind.Noun, kind.NameOf(resource), ChangeAction.Deleted, [], [], kind.IdOf(resource), DeleteAsync);

        async Task<long> DeleteAsync(CancellationToken token)
        {
            await kind.DeleteAsync(kind.IdOf(resource), token);
            return kind.IdOf(resource);
        }
    }

    private static List<string> Differing<T>(ApplyKind<T> kind, T wanted, T current)
        where T : class, IMessage<T>
        => [.. wanted.Descriptor.Fields.InFieldNumberOrder()
            .Where(field => !kind.IsFixed(field.Name) && !IsSame(field, wanted, current))
            .Select(field => field.Name)];

    private static bool IsSame(FieldDescriptor field, IMessage wanted, IMessage current)
        => (!field.HasPresence || field.Accessor.HasValue(wanted) == field.Accessor.HasValue(current))
            && Equals(field.Accessor.GetValue(wanted), field.Accessor.GetValue(current));
}

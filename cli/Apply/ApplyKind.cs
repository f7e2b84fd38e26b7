using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile;

namespace Skypunch.Cli.Apply;

/// <summary>A kind of thing that files name: what the server does with it, and which of its fields the server does not give back.</summary>
internal abstract class ApplyKind<T>(Session session)
    where T : class, IMessage<T>
{
    /// <summary>"target" or "notifier".</summary>
    public abstract string Noun { get; }

    protected Session Session { get; } = session;

    public abstract string NameOf(T resource);

    public abstract long IdOf(T resource);

    /// <summary>A copy under a name that is free, so that the server checks and completes it although its own name is taken.</summary>
    public abstract T Nameless(T resource);

    /// <summary>Whether <c>apply</c> never changes a field: the server gives it, or the entry is found by it.</summary>
    public abstract bool IsFixed(string field);

    /// <summary>The fields that cannot be compared, since the server takes their value and does not give it back.</summary>
    /// <param name="whole">The entry as the server would show it, with its defaults.</param>
    /// <param name="wanted">The entry as the file has it.</param>
    /// <param name="current">The resource as the server shows it now.</param>
    /// <param name="differing">The fields that differ.</param>
    public abstract IEnumerable<string> Secrets(T whole, T wanted, T current, IReadOnlyCollection<string> differing);

    public abstract Task<List<T>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Has the server check entries by creations that create nothing.</summary>
    /// <param name="resources">The entries as the files have them, each under a name that is free.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it says of each.</returns>
    public virtual async Task<IReadOnlyList<CheckedEntry<T>>> CheckAsync(IReadOnlyList<T> resources, CancellationToken cancellationToken)
    {
        var results = new List<CheckedEntry<T>>();
        foreach (var resource in resources)
        {
            try
            {
                results.Add(CheckedEntry<T>.Good(await CreateAsync(resource, validateOnly: true, cancellationToken)));
            }
            catch (RpcException e) when (ServerFaults.IsOfEntry(e))
            {
                results.Add(CheckedEntry<T>.Faulty(e));
            }
        }

        return results;
    }

    /// <summary>Creates a resource.</summary>
    /// <param name="resource">The entry as the file has it.</param>
    /// <param name="validateOnly">Creates nothing: the answer is what the resource would be, with the server's defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<T> CreateAsync(T resource, bool validateOnly, CancellationToken cancellationToken);

    public abstract Task UpdateAsync(long id, T resource, FieldMask mask, CancellationToken cancellationToken);

    public abstract Task DeleteAsync(long id, CancellationToken cancellationToken);
}

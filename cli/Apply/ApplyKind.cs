using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Skypunch.Cli.Apply;

/// <summary>A kind of thing that files name: what the server does with it, and which of its fields the server does not give back.</summary>
internal abstract class ApplyKind<T>(Session session)
    where T : class, IMessage<T>
{
    /// <summary>What one is called.</summary>
    public abstract string Noun { get; }

    protected Session Session { get; } = session;

    public abstract string NameOf(T resource);

    public abstract long IdOf(T resource);

    /// <summary>A copy with a name that nothing has: what the server says of it holds for the one that has the name already.</summary>
    public abstract T Nameless(T resource);

    /// <summary>Whether a field is given by the server, or is what is found by.</summary>
    public abstract bool IsFixed(string field);

    /// <summary>The fields whose value cannot be compared: the server takes it and does not give it back.</summary>
    /// <param name="whole">As the server would show it, with its defaults.</param>
    /// <param name="wanted">As the file has it.</param>
    /// <param name="current">As the server shows it.</param>
    /// <param name="differing">The fields that differ.</param>
    public abstract IEnumerable<string> Secrets(T whole, T wanted, T current, IReadOnlyCollection<string> differing);

    public abstract Task<List<T>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Creates one.</summary>
    /// <param name="resource">As the file has it.</param>
    /// <param name="validateOnly">Creates nothing: the answer is what it would be, with the server's defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<T> CreateAsync(T resource, bool validateOnly, CancellationToken cancellationToken);

    public abstract Task UpdateAsync(long id, T resource, FieldMask mask, CancellationToken cancellationToken);

    public abstract Task DeleteAsync(long id, CancellationToken cancellationToken);
}

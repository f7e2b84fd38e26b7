using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.Secrets;
using Api = Skypunch.Admin.V1.Target;

namespace Skypunch.Scheduler.Targets;

/// <summary>A field of a target that a caller may write: how the API shows what stands in its columns, and how it is written into them.</summary>
/// <param name="Name">The field's name in the API, as a mask has it.</param>
/// <param name="Read">From the row into the API's target, secrets and all.</param>
/// <param name="Write">From the API's target into the row.</param>
internal sealed record TargetField(string Name, Action<Target, Api, SecretBox> Read, Action<Api, Target, SecretBox> Write)
{
    /// <summary>A field whose columns are not sealed.</summary>
    public TargetField(string name, Action<Target, Api> read, Action<Api, Target> write)
        : this(name, (row, to, _) => read(row, to), (from, row, _) => write(from, row))
    {
    }

    /// <summary>Whether its column is sealed for its row, whose id must be known.</summary>
    public bool IsSealed { get; private init; }

    /// <summary>Fills the default in where a caller has given nothing; null: nothing is the default.</summary>
    public Action<Api>? Default { get; init; }

    /// <summary>Takes away what nobody is shown; null: all is shown.</summary>
    public Action<Api>? Hide { get; init; }

    /// <summary>A field whose column is sealed.</summary>
    /// <param name="name">The field's name in the API.</param>
    /// <param name="column">The column's name, which the seal is bound to.</param>
    /// <param name="stored">The column.</param>
    /// <param name="store">Sets the column.</param>
    /// <param name="read">From the text, opened and empty where there is none, into the API's target.</param>
    /// <param name="text">From the API's target to the text.</param>
    public static TargetField Sealed(
        string name,
        string column,
        Func<Target, string?> stored,
        Action<Target, string?> store,
        Action<string, Api> read,
        Func<Api, string> text)
        => new(
            name,
            (row, to, secrets) => read(secrets.OpenOrEmpty(TargetSecrets.PlaceOf(row.Id, column), stored(row)), to),
            (from, row, secrets) => store(row, secrets.SealAgain(TargetSecrets.PlaceOf(row.Id, column), text(from), stored(row))))
        {
            IsSealed = true,
        };
}

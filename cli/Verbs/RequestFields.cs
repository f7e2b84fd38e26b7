using Google.Protobuf.WellKnownTypes;
using Skypunch.Cli.Faults;

namespace Skypunch.Cli.Verbs;

/// <summary>Makes a request of what was given on the command line.</summary>
internal static class RequestFields
{
    /// <summary>Copies what was given into the resource, and tells errors what each field is called here.</summary>
    /// <returns>The fields that were given.</returns>
    /// <exception cref="CliFault">Two options that give the same field were given.</exception>
    public static FieldMask CopyTo<T>(this IReadOnlyList<RequestField<T>> fields, T resource, Session session)
    {
        var (mask, given) = (new FieldMask(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var field in fields)
        {
            var isGiven = field.IsGiven(session.Given);
            if (isGiven && !given.Add(field.Path))
            {
                throw CliFault.Usage($"{session.Subject.OptionOf(field.Path)} and {field.Name} exclude each other");
            }

            if (isGiven)
            {
                field.Copy(session, resource);
                mask.Paths.Add(field.Within?.Invoke(session) ?? [field.Path]);
            }

            if (isGiven || session.Subject.OptionOf(field.Path) is null)
            {
                session.Subject.Name(field.Path, field.Name);
            }
        }

        return mask;
    }

    /// <summary>The same for a change, which must change something.</summary>
    public static FieldMask CopyChangesTo<T>(this IReadOnlyList<RequestField<T>> fields, T resource, Session session)
        => fields.CopyTo(resource, session) is { Paths.Count: > 0 } mask
            ? mask
            : throw CliFault.Usage($"nothing to change: give at least one of {string.Join(", ", fields.Select(f => f.Name))}");
}

using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Which fields an update changes (google.aip.dev/134).</summary>
public static class UpdateMask
{
    private static readonly FieldMask.MergeOptions AsGiven = new()
    {
        ReplaceMessageFields = true,
        ReplaceRepeatedFields = true,
        ReplacePrimitiveFields = true,
    };

    /// <summary>
    /// The paths that the mask names. Without a mask: the writable fields that have a value (an empty list is no value). With "*": all
    /// writable fields.
    /// </summary>
    /// <param name="mask">The request's mask, or null.</param>
    /// <param name="resource">The request's resource.</param>
    /// <param name="writable">The fields that a caller may change, and the paths inside them that a mask may name.</param>
    /// <param name="violations">Gets a violation for each path that is not writable.</param>
    public static IReadOnlySet<string> Resolve(FieldMask? mask, IMessage resource, IReadOnlyCollection<string> writable, FieldViolations violations)
    {
        if (mask is null || mask.Paths.Count == 0)
        {
            return resource.Descriptor.Fields.InFieldNumberOrder()
                .Where(field => writable.Contains(field.Name) && HasValue(field, resource))
                .Select(field => field.Name)
                .ToHashSet();
        }

        foreach (var path in mask.Paths.Where(path => path != "*" && !writable.Contains(path) && !IsEntry(path, resource, writable)))
        {
            violations.Add("update_mask", $"names '{path}', which cannot be changed: name any of {string.Join(", ", writable.Where(IsField))}");
        }

        return mask.Paths.Contains("*") ? writable.Where(IsField).ToHashSet() : mask.Paths.ToHashSet();
    }

    /// <summary>A copy of the stored resource with the given values, empty ones included, in the paths that the update changes.</summary>
    /// <param name="stored">The resource as it is stored. It is not changed.</param>
    /// <param name="given">The new values.</param>
    /// <param name="paths">The paths that <see cref="Resolve"/> has returned.</param>
    public static T Merge<T>(T stored, T given, IEnumerable<string> paths)
        where T : IMessage, IDeepCloneable<T>
    {
        var merged = stored.Clone();
        var ofMaps = paths.ToLookup(path => stored.Descriptor.FindFieldByName(FieldOf(path)).IsMap);
        new FieldMask { Paths = { ofMaps[false] } }.Merge(given, merged, AsGiven); // it knows no maps
        foreach (var path in ofMaps[true])
        {
            MergeMap(path, given, merged);
        }

        return merged;
    }

    /// <summary>The field of the resource that a path names, or in which the path lies.</summary>
    public static string FieldOf(string path) => path.Split('.')[0];

    private static bool IsField(string path) => !path.Contains('.');

    // An entry of a map is named by its key, which may have dots itself: "labels.example.org/team".
    private static bool IsEntry(string path, IMessage resource, IReadOnlyCollection<string> writable)
        => !IsField(path) && writable.Contains(FieldOf(path)) && resource.Descriptor.FindFieldByName(FieldOf(path)).IsMap;

    private static void MergeMap(string path, IMessage given, IMessage merged)
    {
        var accessor = given.Descriptor.FindFieldByName(FieldOf(path)).Accessor;
        var (from, to) = ((IDictionary)accessor.GetValue(given), (IDictionary)accessor.GetValue(merged));
        if (IsField(path))
        {
            to.Clear();
        }

        foreach (var key in IsField(path) ? from.Keys.Cast<string>() : [path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]])
        {
            if (from.Contains(key))
            {
                to[key] = from[key];
            }
            else
            {
                to.Remove(key);
            }
        }
    }

    private static bool HasValue(FieldDescriptor field, IMessage resource)
        => field.HasPresence
            ? field.Accessor.HasValue(resource)
            : field.Accessor.GetValue(resource) switch
            {
                string text => text.Length > 0,
                int number => number != 0,
                long number => number != 0,
                bool flag => flag,
                ICollection items => items.Count > 0,
                System.Enum value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
                var other => other is not null,
            };
}

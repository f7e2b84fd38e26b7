using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Which fields an update changes (google.aip.dev/134).</summary>
public static class UpdateMask
{
    /// <summary>
    /// The paths that the mask names; without a mask, the writable fields that have a value (an empty list has none); with "*", all writable fields.
    /// </summary>
    /// <param name="mask">The request's mask, or null.</param>
    /// <param name="resource">The request's resource.</param>
    /// <param name="writable">The fields that a caller may change, and the paths below them that may be named.</param>
    /// <param name="violations">Takes a violation for each path that is not writable.</param>
    public static IReadOnlySet<string> Resolve(FieldMask? mask, IMessage resource, IReadOnlyCollection<string> writable, FieldViolations violations)
    {
        if (mask is null || mask.Paths.Count == 0)
        {
            return resource.Descriptor.Fields.InFieldNumberOrder()
                .Where(field => writable.Contains(field.Name) && HasValue(field, resource))
                .Select(field => field.Name)
                .ToHashSet();
        }

        foreach (var path in mask.Paths.Where(path => path != "*" && !writable.Contains(path)))
        {
            violations.Add("update_mask", $"names '{path}', which cannot be changed: name any of {string.Join(", ", writable.Where(IsField))}");
        }

        return mask.Paths.Contains("*") ? writable.Where(IsField).ToHashSet() : mask.Paths.ToHashSet();
    }

    private static bool IsField(string path) => !path.Contains('.');

    private static bool HasValue(FieldDescriptor field, IMessage resource)
        => field.HasPresence
            ? field.Accessor.HasValue(resource)
            : field.Accessor.GetValue(resource) switch
            {
                string text => text.Length > 0,
                int number => number != 0,
                long number => number != 0,
                bool flag => flag,
                IList list => list.Count > 0,
                System.Enum value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
                var other => other is not null,
            };
}

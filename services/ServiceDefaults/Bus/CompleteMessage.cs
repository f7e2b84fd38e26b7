using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// A message is complete when nothing is null that its types say is never null: no list, no item of a list, no text. Neither JSON nor MessagePack looks at that; what they
/// let through would fail somewhere in a consumer, where it looks like a fault of ours. What a consumer can do without has [AllowNull].
/// </summary>
internal static class CompleteMessage
{
    private static readonly ConcurrentDictionary<Type, Part[]> Known = new();

    /// <summary>Has each message of ours checked as soon as it is read.</summary>
    /// <param name="type">What is known of a type that is read.</param>
    public static void CheckWhenRead(JsonTypeInfo type)
    {
        if (IsOurs(type.Type))
        {
            type.OnDeserialized = message => _ = FaultOf(message) is { } fault ? throw new JsonException($"{type.Type.Name}.{fault}") : true;
        }
    }

    /// <summary>What is wrong with the message, in words; null: it is complete.</summary>
    public static string? FaultOf(object message)
    {
        foreach (var part in Known.GetOrAdd(message.GetType(), PartsOf))
        {
            var value = part.Read(message);
            if (value is null)
            {
                if (part.MayBeNull)
                {
                    continue;
                }

                return $"{part.Name} is missing.";
            }

            if ((part.Items ? FaultOfItems((IEnumerable)value) : part.Inside ? FaultOf(value) is { } fault ? $".{fault}" : null : null) is { } inside)
            {
                return part.Name + inside;
            }
        }

        return null;
    }

    private static string? FaultOfItems(IEnumerable items)
    {
        var at = 0;
        foreach (var item in items)
        {
            if (item is null)
            {
                return $"[{at}] is missing.";
            }

            if (IsOurs(item.GetType()) && FaultOf(item) is { } fault)
            {
                return $"[{at}].{fault}";
            }

            at++;
        }

        return null;
    }

    // Messages and what is in them, which all stand in one project.
    private static bool IsOurs(Type type) => type is { IsClass: true, Namespace: "Skypunch.Contracts" };

    private static Part[] PartsOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return
        [
            .. from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
               where property.CanRead && !property.PropertyType.IsValueType && property.GetIndexParameters().Length == 0
               let mayBeNull = nullability.Create(property).WriteState is not NullabilityState.NotNull
               let item = property.PropertyType.IsGenericType ? property.PropertyType.GenericTypeArguments[0] : null
               let items = item is { IsValueType: false }
               let inside = IsOurs(property.PropertyType)
               where !mayBeNull || items || inside
               select new Part(property.Name, mayBeNull, items, inside, Reader(property)),
        ];
    }

    private static Func<object, object?> Reader(PropertyInfo property)
    {
        var message = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(Expression.Property(Expression.Convert(message, property.DeclaringType!), property), message).Compile();
    }

    private sealed record Part(string Name, bool MayBeNull, bool Items, bool Inside, Func<object, object?> Read);
}

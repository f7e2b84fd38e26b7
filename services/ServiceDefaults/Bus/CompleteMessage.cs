using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// Checks that a message is complete: no list, no item of a list and no text is null where its type is not nullable. Neither the JSON
/// reader nor MessagePack checks that. An incomplete message would fail somewhere in a consumer, where the exception looks like a fault of
/// Skypunch's own. A property that a consumer can do without has [AllowNull].
/// </summary>
internal static class CompleteMessage
{
    private static readonly ConcurrentDictionary<Type, Part[]> Known = new();

    /// <summary>Has each of Skypunch's messages checked as soon as it is deserialized.</summary>
    /// <param name="type">The contract of a type that is deserialized.</param>
    public static void CheckWhenRead(JsonTypeInfo type)
    {
        if (IsOurs(type.Type))
        {
            type.OnDeserialized = message => _ = FaultOf(message) is { } fault ? throw new JsonException($"{type.Type.Name}.{fault}") : true;
        }
    }

    /// <summary>What is missing in the message, in words; null: the message is complete.</summary>
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

    // The messages and the types in them are all in one namespace.
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

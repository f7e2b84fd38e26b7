using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier;
using Skypunch.Prober;
using Skypunch.Prober.Settings;
using Skypunch.Scheduler;
using Skypunch.ServiceDefaults;
using Skypunch.Standalone.Logs;
using Skypunch.Web;

namespace Skypunch.UnitTests.Deployment;

/// <summary>
/// Every setting of the options classes, under the name of its environment variable, with its default and its range as texts.
/// </summary>
internal static class KnownSettings
{
    private static readonly Assembly[] Product =
    [
        typeof(SchedulerExtensions).Assembly, typeof(ProberExtensions).Assembly, typeof(NotifierExtensions).Assembly, typeof(ServiceHost).Assembly,
        typeof(DatabaseProvider).Assembly, typeof(LogFileOptions).Assembly, typeof(WebExtensions).Assembly,
    ];

    internal sealed record Setting(string Name, string Default, string Range);

    /// <summary>All settings. An options class is a class whose name ends in "Options" and that has a section.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. from type in Product.SelectMany(assembly => assembly.GetTypes())
           where type.Name.EndsWith("Options", StringComparison.Ordinal)
           let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
           where section is not null
           from property in type.GetProperties().Where(p => p.CanWrite)
           orderby section, property.Name
           select new Setting($"{section}__{property.Name}".Replace(":", "__", StringComparison.Ordinal), DefaultOf(type, property), RangeOf(property)),
    ];

    private static string DefaultOf(Type type, PropertyInfo property)
        => property.Name == nameof(ProberOptions.Name) ? "host and process id" : Words(property.GetValue(Activator.CreateInstance(type)));

    private static string RangeOf(PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            return $"{Bound(range, range.Minimum)} to {Bound(range, range.Maximum)}";
        }

        return property.GetCustomAttribute<StringLengthAttribute>() is { } length ? $"{length.MinimumLength} to {length.MaximumLength} characters"
            : property.PropertyType.IsEnum ? string.Join(", ", Enum.GetNames(property.PropertyType))
            : property.PropertyType == typeof(bool) ? "true, false"
            : "";
    }

    private static string Bound(RangeAttribute range, object bound)
        => range.OperandType == typeof(TimeSpan) ? Words(TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture)) : Words(bound);

    private static string Words(object? value) => value switch
    {
        null or "" => "none",
        TimeSpan time when time.Ticks % TimeSpan.TicksPerSecond == 0 => time.ToString("c", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture).TrimEnd('0'),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

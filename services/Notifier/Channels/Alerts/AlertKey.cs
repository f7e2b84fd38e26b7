using System.Globalization;

namespace Skypunch.Notifier.Channels.Alerts;

/// <summary>
/// By what a receiver that keeps alerts knows one: a target's failure opens an alert, and its recovery closes that one. The key has the
/// target's id, since a name may be edited while the alert is open. Pure.
/// </summary>
internal static class AlertKey
{
    /// <summary>What keys begin with by default.</summary>
    public const string Prefix = "skypunch";

    /// <summary>The parameter of channels that have keys.</summary>
    public static readonly ChannelParameter Parameter = new("prefix", ParameterKind.Text, "WORD", "What the keys of alerts begin with. Give another word where several Skypunch servers tell one receiver.") { Default = Prefix };

    private const int LongestPrefix = 64;

    /// <summary>What is wrong with the parameter, as the end of a sentence; null: nothing.</summary>
    public static string? FaultOf(ParameterValues values)
        => values.Text(Parameter.Name) is { } prefix && (prefix.Length > LongestPrefix || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            ? $"must have 1 to {LongestPrefix} letters, digits, '-', '_' or '.' as prefix"
            : null;

    /// <summary>The key of what is told.</summary>
    /// <param name="values">The notifier's parameters.</param>
    /// <param name="telling">A change, a notice or a test message.</param>
    public static string Of(ParameterValues values, Telling telling)
    {
        var prefix = values.Text(Parameter.Name) ?? Prefix;
        return telling.Change switch
        {
            null => $"{prefix}-{telling.Id}",
            { Notice: { } notice } => $"{prefix}-notice-{notice.Kind}{(notice.TargetId is { } about ? $"-{Number(about)}" : "")}",
            { } change => $"{prefix}-target-{Number(change.TargetId)}",
        };
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}

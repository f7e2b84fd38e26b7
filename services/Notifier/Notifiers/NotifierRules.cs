using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Model;
using Skypunch.ServiceDefaults.AdminApi;
using StoredNotifier = Skypunch.Notifier.Model.StoredNotifier;

namespace Skypunch.Notifier.Notifiers;

/// <summary>What the admin API demands of a notifier. Its channel checks the address and the parameters. Pure.</summary>
internal static class NotifierRules
{
    /// <summary>The fields that a caller may set.</summary>
    public static readonly IReadOnlyCollection<string> Writable = ["name", "type", "address", "params", "enabled", "match", "hours"];

    /// <summary>Checks every field of a notifier. Expects the defaults to be filled in.</summary>
    public static void Check(Admin.V1.Notifier notifier, ChannelTypes channels, FieldViolations faults)
    {
        faults.Require(
            IsName(notifier.Name),
            "notifier.name",
            $"must have 1 to {StoredNotifier.LongestName} characters on one line, without white space at its ends or marks of writing direction");
        if (Match.Of(notifier.Match).Fault is { } noMatch)
        {
            faults.Add("notifier.match", noMatch);
        }

        if (WorkingHours.Of(notifier.Hours).Fault is { } noHours)
        {
            faults.Add("notifier.hours", noHours);
        }

        if (channels.Find(notifier.Type) is not { } channel)
        {
            faults.Add("notifier.type", channels.Expected);
            return;
        }

        foreach (var fault in channel.Check(new ChannelForm(notifier.Address, notifier.Params)))
        {
            faults.Add($"notifier.{fault.Field}", fault.Words);
        }
    }

    private static bool IsName(string name)
        => name.Length is > 0 and <= StoredNotifier.LongestName && name.Trim().Length == name.Length && OneLine.Is(name);
}

using Skypunch.Admin.V1;

namespace Skypunch.ConfigFile.Entries;

/// <summary>The keys of a notifier.</summary>
internal static class NotifierSchema
{
    public static readonly EntrySchema<Notifier> Schema = new("notifier", notifier => notifier.Name,
    [
        new("name", (value, notifier) => notifier.Name = value.Text()) { IsRequired = true },
        new("type", (value, notifier) => notifier.Type = value.Text()),
        new("address", (value, notifier) => notifier.Address = value.Text()),
        new("params", (value, notifier) => notifier.Params = value.Parameters()),
        new("match", (value, notifier) => notifier.Match = value.Text()),
        new("hours", (value, notifier) => notifier.Hours = value.Text()),
        new("enabled", (value, notifier) => notifier.Enabled = value.Flag()),
    ]);
}

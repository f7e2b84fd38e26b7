using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Maintenance;

/// <summary>The options that describe a window beside its schedule, the same for a new one and for a change.</summary>
internal sealed class WindowFields
{
    public WindowFields()
    {
        var filter = Parsed.Text("--filter", "EXPR", "Which targets it covers, such as 'labels.team = payments'; 'id > 0' means all.");
        var description = Parsed.Text("--description", "TEXT", "What it is for.");
        var disabled = new Option<bool>("--disabled") { Description = "It covers nothing until it is enabled." };
        All =
        [
            new("filter", filter, (s, w) => w.Filter = s.Given.GetValue(filter)!),
            new("description", description, (s, w) => w.Description = s.Given.GetValue(description)!),
            new("enabled", disabled, (_, w) => w.Enabled = false),
        ];
    }

    /// <summary>All options that describe a window.</summary>
    public IReadOnlyList<RequestField<MaintenanceWindow>> All { get; }
}

using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary>The options that describe a notifier, the same for a new one and for a change.</summary>
internal sealed class NotifierFields
{
    public NotifierFields()
    {
        var type = Parsed.Text("--type", "TYPE", "How people are reached: SMTP (the default), or another type that 'notifiers types' lists.");
        var parameters = Parsed.Text(
            "--params",
            "PARAMS",
            "The parameters of the type, as key=value with commas between; a value with a comma in double quotes. 'notifiers types TYPE' lists them; "
            + "SMTP wants server=HOST, and where needed user and password. "
            + FileValues.SecretWords);
        var match = Parsed.Text(
            "--match",
            "FILTER",
            "Which changes it is told of: those of the targets that a filter means, such as 'labels.team = payments AND NOT group : test'. "
            + "A recovery is told to whoever was told of the failure, too. Empty: of all changes.");
        var hours = Parsed.Text(
            "--hours",
            "HOURS",
            "When it is told, such as 'Mon-Fri 08:00-18:00 Europe/Berlin'; several with ; between. What happens at other times is told when these hours begin, "
            + "where it is not over by then. Empty: at any time.");
        All =
        [
            new("type", type, (s, n) => n.Type = s.Given.GetValue(type)!),
            new("params", parameters, (s, n) => n.Params = s.Secret(parameters)),
            new("match", match, (s, n) => n.Match = s.Given.GetValue(match)!),
            new("hours", hours, (s, n) => n.Hours = s.Given.GetValue(hours)!),
        ];
    }

    /// <summary>All options that describe a notifier.</summary>
    public IReadOnlyList<RequestField<Notifier>> All { get; }

    /// <summary>The flag that switches a notifier on or off.</summary>
    public static RequestField<Notifier> Switch(Option<bool> flag, bool enabled) => new("enabled", flag, (_, n) => n.Enabled = enabled);
}

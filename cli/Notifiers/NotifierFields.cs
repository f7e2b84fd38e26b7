using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;

namespace Skypunch.Cli.Notifiers;

/// <summary>The options that describe a notifier, the same for a new one and for a change.</summary>
internal sealed class NotifierFields
{
    public NotifierFields()
    {
        var type = Parsed.Choice("--type", "TYPE", "SMTP (the default).", ("SMTP", NotifierType.Smtp));
        var parameters = Parsed.Text(
            "--params",
            "PARAMS",
            "server=HOST, and where needed user, password or token, port, security (starttls, tls or none), from, helo, ca, verify and plain_login, "
            + "as key=value with commas between; a value with a comma in double quotes. "
            + FileValues.SecretWords);
        All =
        [
            new("type", type, (s, n) => n.Type = s.Given.GetValue(type)),
            new("params", parameters, (s, n) => n.Params = s.Secret(parameters)),
        ];
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<RequestField<Notifier>> All { get; }

    /// <summary>The flag that switches a notifier on or off.</summary>
    public static RequestField<Notifier> Switch(Option<bool> flag, bool enabled) => new("enabled", flag, (_, n) => n.Enabled = enabled);
}

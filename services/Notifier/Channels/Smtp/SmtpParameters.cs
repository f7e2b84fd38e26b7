using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// The text of an SMTP notifier's parameters, which <see cref="SmtpDescription"/> describes. <see cref="SmtpSettingsRules"/> says which
/// values go together. Pure.
/// </summary>
internal static class SmtpParameters
{
    /// <summary>Reads the text.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="faults">All faults, each as the end of a sentence that begins with the field's name. None repeats a secret.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SmtpSettings? settings, out IReadOnlyList<string> faults)
    {
        settings = null;
        if (!ParameterValues.TryRead(SmtpDescription.Channel.Parameters, text, out var values, out var found))
        {
            faults = found;
            return false;
        }

        var security = Security(values);
        var read = new SmtpSettings
        {
            Server = Server(values, found),
            Security = security,
            Port = values.Number("port") ?? security switch { SmtpSecurity.Tls => 465, SmtpSecurity.None => 25, _ => 587 },
            User = values.Text("user"),
            Password = values.Text("password"),
            Token = values.Text("token"),
            PlainLogin = values.YesNo("plain_login", @default: false),
            From = From(values, found),
            Helo = Helo(values, found),
            Ca = values.Text("ca"),
            Verify = values.YesNo("verify", @default: true),
        };
        found.AddRange(SmtpSettingsRules.Faults(read));
        faults = found;
        settings = found.Count == 0 ? read : null;
        return settings is not null;
    }

    private static string Server(ParameterValues values, List<string> faults)
    {
        var server = values.Text("server");
        if (server is not null && HostName.Ascii(server) is null)
        {
            faults.Add("must have a host name or an IP address as server; a port stands in port=NUMBER");
        }

        return server is null ? "" : HostName.Ascii(server) ?? server;
    }

    private static SmtpSecurity Security(ParameterValues values) => values.Choice("security") switch
    {
        "tls" => SmtpSecurity.Tls,
        "none" => SmtpSecurity.None,
        _ => SmtpSecurity.StartTls,
    };

    private static string? From(ParameterValues values, List<string> faults)
    {
        var from = values.Text("from");
        if (from is not null && !MailAddresses.IsOne(from))
        {
            faults.Add("must have one mail address as from");
        }

        return from;
    }

    private static string? Helo(ParameterValues values, List<string> faults)
    {
        if (values.Text("helo") is not { } helo)
        {
            return null;
        }

        var isLiteral = helo.StartsWith('[') && helo.EndsWith(']') && helo.Length > 2 && helo.All(c => char.IsAsciiLetterOrDigit(c) || c is '[' or ']' or '.' or ':');
        var name = isLiteral ? helo : Uri.CheckHostName(helo) is UriHostNameType.Dns ? HostName.Ascii(helo) : null;
        if (name is null)
        {
            faults.Add("must have a host name such as mail.example.org as helo, or an address in brackets");
        }

        return name;
    }
}

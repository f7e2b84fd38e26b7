using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Skypunch.Contracts;

namespace Skypunch.Notifier.Mail;

/// <summary>
/// The text of an SMTP notifier's parameters (<see cref="ParameterText"/>). <c>server</c> is required; <c>user</c> comes with <c>password</c>, or with <c>token</c>
/// for XOAUTH2, or not at all; <c>security</c> is starttls (default; then TLS is required), tls or none; <c>port</c> is by default 587, 465 or 25 accordingly;
/// <c>from</c> is the sender's address; <c>helo</c> the name that we bear in EHLO; <c>ca</c> the server's CA, PEM or a file with it; <c>verify=no</c> accepts any
/// certificate. A login goes over <c>none</c> only to this very machine, and with <c>plain_login=yes</c> within one's own network.
/// </summary>
internal static class SmtpParameters
{
    /// <summary>The most characters that are looked at. A row written by hand may have more.</summary>
    public const int Longest = 16_000;

    private static readonly string[] Keys = ["server", "user", "password", "token", "port", "security", "from", "helo", "ca", "verify", "plain_login"];

    /// <summary>Reads the text.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="faults">All that is wrong, each as the end of a sentence that begins with the field's name. None repeats a secret.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SmtpSettings? settings, out IReadOnlyList<string> faults)
    {
        settings = null;
        if (text?.Length > Longest)
        {
            faults = [$"must have at most {Longest} characters"];
            return false;
        }

        if (!ParameterText.TryParse(text, out var parameters, out var error))
        {
            faults = [error];
            return false;
        }

        var found = new List<string>();
        var security = Security(parameters, found);
        var read = new SmtpSettings
        {
            Server = Server(parameters, found),
            Security = security,
            Port = Port(parameters, security, found),
            User = Value(parameters, "user"),
            Password = Value(parameters, "password"),
            Token = Value(parameters, "token"),
            PlainLogin = YesOrNo(parameters, "plain_login", @default: false, found),
            From = From(parameters, found),
            Helo = Helo(parameters, found),
            Ca = Value(parameters, "ca"),
            Verify = YesOrNo(parameters, "verify", @default: true, found),
        };
        found.AddRange(SmtpSettingsRules.Faults(read));
        found.AddRange(UnknownKeys(parameters));
        faults = found;
        settings = found.Count == 0 ? read : null;
        return settings is not null;
    }

    // Told by their place alone: what looks like a key may be the end of a password with a comma.
    private static IEnumerable<string> UnknownKeys(IReadOnlyDictionary<string, string> parameters)
        => parameters.Keys.Index().Where(part => !Keys.Contains(part.Item)).Select(part
            => $"has an unknown key in part {part.Index + 1}; the keys are {string.Join(", ", Keys)}; put a value with a comma in double quotes");

    private static string? Value(IReadOnlyDictionary<string, string> parameters, string key)
        => parameters.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    private static string Server(IReadOnlyDictionary<string, string> parameters, List<string> faults)
    {
        var server = Value(parameters, "server");
        if (server is null)
        {
            faults.Add("must have server=HOST, the mail server");
        }
        else if (HostName.Ascii(server) is { } name)
        {
            return name;
        }
        else
        {
            faults.Add("must have a host name or an IP address as server; a port stands in port=NUMBER");
        }

        return server ?? "";
    }

    private static SmtpSecurity Security(IReadOnlyDictionary<string, string> parameters, List<string> faults)
    {
        switch (Value(parameters, "security")?.ToLowerInvariant())
        {
            case null or "starttls":
                return SmtpSecurity.StartTls;
            case "tls":
                return SmtpSecurity.Tls;
            case "none":
                return SmtpSecurity.None;
            default:
                faults.Add("must have starttls, tls or none as security");
                return SmtpSecurity.StartTls;
        }
    }

    private static int Port(IReadOnlyDictionary<string, string> parameters, SmtpSecurity security, List<string> faults)
    {
        if (Value(parameters, "port") is { } text)
        {
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
            {
                return port;
            }

            faults.Add("must have a number from 1 to 65535 as port");
        }

        return security switch { SmtpSecurity.Tls => 465, SmtpSecurity.None => 25, _ => 587 };
    }

    private static string? From(IReadOnlyDictionary<string, string> parameters, List<string> faults)
    {
        var from = Value(parameters, "from");
        if (from is not null && !MailAddresses.IsOne(from))
        {
            faults.Add("must have one mail address as from");
        }

        return from;
    }

    private static string? Helo(IReadOnlyDictionary<string, string> parameters, List<string> faults)
    {
        if (Value(parameters, "helo") is not { } helo)
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

    private static bool YesOrNo(IReadOnlyDictionary<string, string> parameters, string key, bool @default, List<string> faults)
    {
        var value = Value(parameters, key)?.ToLowerInvariant();
        if (value is not (null or "yes" or "no"))
        {
            faults.Add($"must have yes or no as {key}");
        }

        return value is null ? @default : value is "yes";
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Skypunch.Contracts;

namespace Skypunch.Notifier.Mail;

/// <summary>
/// The text of an SMTP notifier's parameters (<see cref="ParameterText"/>). <c>server</c> is required; <c>user</c> and <c>password</c> come together or not at all;
/// <c>security</c> is starttls (default; then TLS is required), tls or none; <c>port</c> is by default 587, 465 or 25 accordingly; <c>from</c> is the sender's
/// address; <c>ca</c> a PEM file with the server's CA; <c>verify=no</c> accepts any certificate. A password goes over <c>none</c> only to this very machine.
/// </summary>
internal static class SmtpParameters
{
    private static readonly string[] Keys = ["server", "user", "password", "port", "security", "from", "ca", "verify"];

    /// <summary>Reads the text.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="faults">All that is wrong, each as the end of a sentence that begins with the field's name. None repeats a secret.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SmtpSettings? settings, out IReadOnlyList<string> faults)
    {
        settings = null;
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
            From = From(parameters, found),
            CaFile = Value(parameters, "ca"),
            Verify = Verify(parameters, found),
        };
        CheckTogether(read, found);
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
        else if (Uri.CheckHostName(server) is UriHostNameType.Unknown)
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

    private static bool Verify(IReadOnlyDictionary<string, string> parameters, List<string> faults)
    {
        var verify = Value(parameters, "verify")?.ToLowerInvariant();
        if (verify is not (null or "yes" or "no"))
        {
            faults.Add("must have yes or no as verify");
        }

        return verify is not "no";
    }

    private static void CheckTogether(SmtpSettings read, List<string> faults)
    {
        if (read.User is null != read.Password is null)
        {
            faults.Add(read.User is null ? "must have user, as it has password" : "must have password, as it has user");
        }

        if (read.Security is SmtpSecurity.None && read.Password is not null && !IsThisMachine(read.Server))
        {
            faults.Add("must have starttls or tls as security, or no user and password: they would travel in clear");
        }

        if (read.CaFile is not null && (read.Security is SmtpSecurity.None || !read.Verify))
        {
            faults.Add("must not have ca with security=none or verify=no, which look at no certificate");
        }
    }

    private static bool IsThisMachine(string server)
        => server.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(server, out var address) && IPAddress.IsLoopback(address));
}

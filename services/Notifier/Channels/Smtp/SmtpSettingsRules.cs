using System.Net;
using System.Net.Sockets;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>Which parameters of an SMTP notifier go together. Pure.</summary>
internal static class SmtpSettingsRules
{
    /// <summary>All contradictions, each as the end of a sentence that begins with the field's name.</summary>
    public static IEnumerable<string> Faults(SmtpSettings read)
    {
        if (read is { Password: not null, Token: not null })
        {
            yield return "must have password or token, not both";
        }

        if (read.User is null && read.LogsIn)
        {
            yield return $"must have user, as it has {(read.Token is null ? "password" : "token")}";
        }

        if (read.User is not null && !read.LogsIn)
        {
            yield return "must have password, as it has user; or token, for XOAUTH2";
        }

        if (read.PlainLogin && read.Security is not SmtpSecurity.None)
        {
            yield return "must not have plain_login without security=none: the login goes over TLS";
        }

        if (read.Security is SmtpSecurity.None && read.LogsIn && !read.PlainLogin && !IsThisMachine(read.Server))
        {
            yield return "must have starttls or tls as security, or no user and password: they would travel in clear; within your own network, plain_login=yes allows that";
        }

        if (read.Ca is not null && (read.Security is SmtpSecurity.None || !read.Verify))
        {
            yield return "must not have ca with security=none or verify=no, which look at no certificate";
        }

        if (read.Ca is { } ca && SmtpAuthorities.IsText(ca) && !SmtpAuthorities.IsCertificates(ca))
        {
            yield return "must have certificates in PEM as ca, or the path of a file with them";
        }
    }

    /// <summary>Whether an address belongs to a private network, which the Internet does not route (RFC 1918, 3927, 4193, 4291).</summary>
    public static bool IsOwnNetwork(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || plain.IsIPv6UniqueLocal)
        {
            return true;
        }

        return plain.AddressFamily is AddressFamily.InterNetwork && plain.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..];
    }

    private static bool IsThisMachine(string server)
        => server.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(server, out var address) && IPAddress.IsLoopback(address));
}

using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>What a notifier of the type SMTP has to give.</summary>
internal static class SmtpDescription
{
    /// <summary>The channel's description.</summary>
    public static readonly ChannelDescription Channel = new(
        StoredNotifier.Smtp,
        "Sends mail by a mail server.",
        new ChannelParameter("address", ParameterKind.Text, "ADDRESS", "Who is told: a mail address, or several with commas between.") { IsRequired = true },
        [
            new("server", ParameterKind.Text, "HOST", "The mail server: a host name or an IP address.") { IsRequired = true },
            new("user", ParameterKind.Text, "NAME", "Whom to log in as. It comes with password or token."),
            new("password", ParameterKind.Text, "PASSWORD", "The password of the user.") { IsSecret = true },
            new("token", ParameterKind.Text, "TOKEN", "An access token of OAuth 2.0 in place of the password (XOAUTH2).") { IsSecret = true },
            new("port", ParameterKind.Number, "NUMBER", "The port of the mail server.") { Most = ushort.MaxValue, Default = "587 with starttls, 465 with tls, 25 with none" },
            new("security", ParameterKind.Choice, "WORD", "How the connection is protected. With starttls, a server that does not offer it is not used.")
            {
                Choices = ["starttls", "tls", "none"],
                Default = "starttls",
            },
            new("from", ParameterKind.Text, "ADDRESS", "The mail address of the sender.") { Default = "the user where it is an address, else skypunch at this machine" },
            new("helo", ParameterKind.Text, "NAME", "The name of this machine in EHLO, or an address in brackets.") { Default = "the full name of this machine, else the domain of the sender" },
            new("ca", ParameterKind.Lines, "PEM", "The authority that signed the certificate of the mail server: PEM text, or the path of a file on the machine of the Notifier.")
            {
                Default = "those that the machine trusts",
            },
            new("verify", ParameterKind.YesNo, "WORD", "Whether the certificate of the mail server must be good.") { Default = "yes" },
            new("plain_login", ParameterKind.YesNo, "WORD", "Whether user and password may travel without TLS (security=none) within your own network.") { Default = "no" },
        ]);
}

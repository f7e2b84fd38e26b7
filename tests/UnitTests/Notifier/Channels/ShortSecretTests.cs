using System.Net.Sockets;
using System.Text;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>A secret that is a part of many words cannot be hidden by holes in them: it is left alone, as in the Prober's traces.</summary>
public sealed class ShortSecretTests
{
    private const string Refused = "no connection to mail.example.org:587: nobody listens there (connection refused)";

    [Theory]
    [InlineData("t")]
    [InlineData("con")]
    public void A_short_password_makes_no_holes_in_the_words(string password)
    {
        var outcome = SmtpFaults.Of(SettingsWith(password), new SmtpAnswer { Fault = new SocketException((int)SocketError.ConnectionRefused) });
        var form = new ChannelForm("ops@example.org", ParameterText.Format([new("server", "mail.example.org"), new("user", "ops"), new("password", password)]));

        Assert.Equal(Refused, outcome?.Reason);
        Assert.Equal(Refused, FormSecrets.Of(SmtpDescription.Channel, form).Mask(Refused));
    }

    [Theory]
    [InlineData("conn", "the ***ection")]
    [InlineData("t", "the connection")]
    public void What_a_login_makes_of_a_password_is_masked_whatever_its_length(string password, string said)
    {
        var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0ops\0{password}"));

        var outcome = SmtpFaults.Of(SettingsWith(password), new SmtpAnswer { Fault = new IOException($"the connection ended after {plain}") });

        Assert.EndsWith($"{said} ended after ***", outcome?.Reason);
    }

    private static SmtpSettings SettingsWith(string password)
        => new() { Server = "mail.example.org", Port = 587, Security = SmtpSecurity.StartTls, User = "ops", Password = password };
}

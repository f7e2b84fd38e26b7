using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Notifier;

public sealed class SmtpParametersTests
{
    [Theory]
    [InlineData("server=mx.example.org", "mx.example.org", 587, "StartTls")]
    [InlineData("server=mx.example.org,security=starttls,port=25", "mx.example.org", 25, "StartTls")]
    [InlineData("user=me,password=s3cr3t,server=mx.example.org,security=TLS", "mx.example.org", 465, "Tls")]
    [InlineData("server=192.0.2.1,security=none", "192.0.2.1", 25, "None")]
    [InlineData("server=::1,security=none,user=me,password=s3cr3t", "::1", 25, "None")]
    [InlineData("server=localhost,security=none,user=me,password=s3cr3t,port=2525", "localhost", 2525, "None")]
    public void Reads_where_mail_is_handed_in(string text, string server, int port, string security)
    {
        Assert.True(SmtpParameters.TryParse(text, out var settings, out var faults), string.Join("; ", faults));

        Assert.Equal((server, port, security), (settings.Server, settings.Port, settings.Security.ToString()));
    }

    [Fact]
    public void Reads_all_the_rest()
    {
        Assert.True(SmtpParameters.TryParse("server=mx,user=me,password=\"a,b\",from=sky@example.org,ca=/etc/ca.pem", out var settings, out _));

        Assert.Equal(("me", "a,b", "sky@example.org", "/etc/ca.pem", true), (settings.User, settings.Password, settings.From, settings.Ca, settings.Verify));
    }

    [Theory]
    [InlineData("server=mx,user=me,token=t", "me", "t", false)]
    [InlineData("server=10.0.0.1,security=none,plain_login=yes,user=me,token=t", "me", "t", true)]
    public void Reads_a_token_and_a_plain_login(string text, string user, string token, bool plain)
    {
        Assert.True(SmtpParameters.TryParse(text, out var settings, out var faults), string.Join("; ", faults));

        Assert.Equal((user, token, plain), (settings.User, settings.Token, settings.PlainLogin));
    }

    [Theory]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("mx", "mx")]
    [InlineData("::1", "::1")]
    public void A_server_beyond_ascii_is_asked_for_as_dns_has_it(string given, string expected)
    {
        Assert.True(SmtpParameters.TryParse($"server={given}", out var settings, out _));

        Assert.Equal(expected, settings.Server);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("8.8.8.8", false)]
    [InlineData("::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    public void Ones_own_network_is_what_the_internet_does_not_route(string address, bool expected)
        => Assert.Equal(expected, SmtpSettingsRules.IsOwnNetwork(System.Net.IPAddress.Parse(address)));

    [Theory]
    [InlineData(null, "must have server=HOST")]
    [InlineData("server=", "must have server=HOST")]
    [InlineData("server=mx:25", "as server; a port stands in port=")]
    [InlineData("server=mx,user=me", "must have password")]
    [InlineData("server=mx,password=s3cr3t", "must have user")]
    [InlineData("server=mx,port=0", "from 1 to 65535")]
    [InlineData("server=mx,port=65536", "from 1 to 65535")]
    [InlineData("server=mx,port=smtp", "from 1 to 65535")]
    [InlineData("server=mx,security=ssl", "starttls, tls or none as security")]
    [InlineData("server=mx,security=none,user=me,password=s3cr3t", "they would travel in clear")]
    [InlineData("server=mx,user=me,password=s3cr3t,token=s3cr3t", "password or token, not both")]
    [InlineData("server=mx,token=s3cr3t", "must have user, as it has token")]
    [InlineData("server=mx,security=none,user=me,token=s3cr3t", "they would travel in clear")]
    [InlineData("server=mx,user=me,password=s3cr3t,plain_login=yes", "must not have plain_login")]
    [InlineData("server=mx,security=none,plain_login=maybe", "yes or no as plain_login")]
    [InlineData("server=mx,helo=a b", "as helo")]
    [InlineData("server=mx,helo=a\r\nMAIL", "as helo")]
    [InlineData("server=xn--ß", "must have a host name")]
    [InlineData("server=mx,ca=-----BEGIN CERTIFICATE-----s3cr3t", "certificates in PEM as ca")]
    [InlineData("server=mx,from=nobody", "one mail address as from")]
    [InlineData("server=mx,verify=maybe", "yes or no as verify")]
    [InlineData("server=mx,security=none,ca=/ca.pem", "must not have ca")]
    [InlineData("server=mx,verify=no,ca=/ca.pem", "must not have ca")]
    [InlineData("server=mx,timeout=3", "unknown key in part 2; the keys are server, user, ")]
    [InlineData("server=mx,user=me,password=a,s3cr3t=1", "unknown key in part 4")]
    [InlineData("user=me,password=a,S3CR3T=1,server=mx", "unknown key in part 3")]
    [InlineData("server=mx,s3cr3t", "has no '='")]
    public void Says_what_is_wrong_without_the_password(string? text, string expected)
    {
        Assert.False(SmtpParameters.TryParse(text, out _, out var faults));

        var fault = Assert.Single(faults);
        Assert.Contains(expected, fault);
        Assert.DoesNotContain("s3cr3t", fault, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Says_everything_that_is_wrong_at_once()
    {
        Assert.False(SmtpParameters.TryParse("user=me,port=x,security=y,from=z,verify=v,more=m,evenmore=e", out _, out var faults));

        Assert.Equal(8, faults.Count);
    }

    [Theory]
    [InlineData("server=mx,from=sky@example.org,user=me@example.org,password=x", "sky@example.org")]
    [InlineData("server=mx,user=me@example.org,password=x", "me@example.org")]
    [InlineData("server=mx,user=me,password=x", "skypunch@host")]
    [InlineData("server=mx", "skypunch@host")]
    public void Mail_comes_from_the_address_given_or_the_user_or_this_machine(string text, string sender)
    {
        Assert.True(SmtpParameters.TryParse(text, out var settings, out _));

        Assert.Equal(sender, settings.Sender("host"));
    }

    [Fact]
    public void Settings_as_text_hold_no_password()
    {
        Assert.True(SmtpParameters.TryParse("server=mx,user=me,password=s3cr3t", out var settings, out _));

        Assert.DoesNotContain("s3cr3t", settings.ToString());
        Assert.Contains("mx", settings.ToString());
    }
}

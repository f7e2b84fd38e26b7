using Skypunch.Notifier.Mail;

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

        Assert.Equal(("me", "a,b", "sky@example.org", "/etc/ca.pem", true), (settings.User, settings.Password, settings.From, settings.CaFile, settings.Verify));
    }

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

using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Mail;

namespace Skypunch.UnitTests.Notifier;

public sealed class SmtpMailerTests : IDisposable
{
    private static readonly IReadOnlyList<MailboxAddress> To = [new("", "ops@example.org")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skypunch-mailer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Mail_and_login_go_over_starttls()
    {
        using var certificate = LoopbackSmtp.MakeCertificate("localhost");
        await using var smtp = new LoopbackSmtp { Certificate = certificate, Login = ("me", "s3cr3t") };
        var ca = await WriteAsync(certificate.ExportCertificatePem());

        var outcome = await SendAsync($"server=localhost,port={smtp.Port},user=me,password=s3cr3t,ca={ca}");

        Assert.Equal(SendOutcome.Delivered, outcome);
        var mail = await smtp.NextAsync();
        Assert.Equal((true, "me"), (mail.Encrypted, mail.User));
    }

    [Fact]
    public async Task Any_certificate_will_do_only_where_that_is_asked_for()
    {
        using var certificate = LoopbackSmtp.MakeCertificate("localhost");
        await using var smtp = new LoopbackSmtp { Certificate = certificate };

        var refused = await SendAsync($"server=localhost,port={smtp.Port}");
        var accepted = await SendAsync($"server=localhost,port={smtp.Port},verify=no");

        Assert.Equal(SendResult.Retry, refused.Result);
        Assert.Contains("signed by nobody that is trusted here", refused.Reason);
        Assert.Equal(SendOutcome.Delivered, accepted);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_though_its_ca_is_trusted()
    {
        using var certificate = LoopbackSmtp.MakeCertificate("mx.example.org");
        await using var smtp = new LoopbackSmtp { Certificate = certificate };
        var ca = await WriteAsync(certificate.ExportCertificatePem());

        var outcome = await SendAsync($"server=localhost,port={smtp.Port},ca={ca}");

        Assert.Equal(SendResult.Retry, outcome.Result);
        Assert.Contains("for another name", outcome.Reason);
    }

    [Fact]
    public async Task Nothing_is_sent_in_clear_to_a_server_that_does_not_offer_starttls()
    {
        await using var smtp = new LoopbackSmtp();

        var outcome = await SendAsync($"server=127.0.0.1,port={smtp.Port}");

        Assert.Equal((SendResult.Retry, true), (outcome.Result, outcome.ServerFault));
        Assert.Contains("does not offer STARTTLS", outcome.Reason);
        Assert.Empty(smtp.TakeAll());
    }

    [Fact]
    public async Task A_refused_login_may_be_mended_and_the_password_is_not_repeated()
    {
        await using var smtp = new LoopbackSmtp { Login = ("me", "right") };

        var outcome = await SendAsync($"{smtp.Params},user=me,password=s3cr3t");

        Assert.Equal((SendResult.Retry, true), (outcome.Result, outcome.ServerFault));
        Assert.Contains("refused the login of me", outcome.Reason);
        Assert.DoesNotContain("s3cr3t", outcome.ToString());
    }

    [Fact]
    public async Task A_server_that_wants_a_login_is_told_from_one_that_refuses_the_sender()
    {
        await using var smtp = new LoopbackSmtp { Login = ("me", "right") };

        var outcome = await SendAsync(smtp.Params);

        Assert.Equal(SendResult.Retry, outcome.Result);
        Assert.Contains("wants a login", outcome.Reason);
    }

    [Theory]
    [InlineData("554 no service here", "answered 554 no service here")]
    [InlineData("421 too busy", "answered 421 too busy")]
    [InlineData("HTTP/1.1 400 Bad Request", "does not speak SMTP")]
    [InlineData("", "broke off")]
    public async Task A_greeting_that_is_none_is_the_servers_fault(string greeting, string reason)
    {
        await using var smtp = new LoopbackSmtp { Answer = line => line == "GREETING" ? greeting : null };

        var outcome = await SendAsync(smtp.Params);

        Assert.Equal((SendResult.Retry, true), (outcome.Result, outcome.ServerFault));
        Assert.Contains(reason, outcome.Reason);
    }

    [Fact]
    public async Task Nobody_listening_is_said_in_words()
    {
        int port;
        await using (var smtp = new LoopbackSmtp())
        {
            port = smtp.Port;
        }

        var outcome = await SendAsync($"server=127.0.0.1,port={port},security=none");

        Assert.Equal($"no connection to 127.0.0.1:{port}: nobody listens there (connection refused)", outcome.Reason);
    }

    [Fact]
    public async Task A_ca_file_that_is_not_there_is_named()
    {
        var outcome = await SendAsync("server=localhost,ca=/nowhere/ca.pem");

        Assert.Equal(SendResult.Retry, outcome.Result);
        Assert.Contains("/nowhere/ca.pem cannot be read", outcome.Reason);
    }

    [Theory]
    [InlineData("GREETING", 30)]
    [InlineData("DATA", 30)]
    [InlineData("END OF DATA", 600)]
    public async Task A_server_that_hangs_is_left_after_its_time(string at, int seconds)
    {
        var clock = new FakeTimeProvider();
        var reached = new TaskCompletionSource();
        await using var smtp = new LoopbackSmtp { Hangs = line => line == at, Hung = reached.SetResult };
        using var mailer = new SmtpMailer(TimeSpan.FromSeconds(30), clock);
        using var message = Message();

        var sending = mailer.SendAsync(Settings(smtp.Params), message, To, Always, TestContext.Current.CancellationToken);
        await reached.Task;
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        var outcome = await sending;

        Assert.Equal($"127.0.0.1:{smtp.Port} did not answer within {seconds} s", outcome.Reason);
        Assert.True(outcome.ServerFault);
    }

    [Theory]
    [InlineData("GREETING")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("END OF DATA")]
    public async Task An_answer_without_an_end_is_left(string at)
    {
        await using var smtp = new LoopbackSmtp { Endless = line => line.StartsWith(at, StringComparison.Ordinal) };

        var outcome = await SendAsync(smtp.Params);

        Assert.Equal((SendResult.Retry, true), (outcome.Result, outcome.ServerFault));
        Assert.Contains("an answer without an end", outcome.Reason);
        Assert.True(smtp.EndlessBytes < 16 * 1024 * 1024, $"{smtp.EndlessBytes} bytes were taken");
    }

    [Fact]
    public async Task A_server_that_hangs_up_between_two_messages_is_connected_to_anew()
    {
        await using var smtp = new LoopbackSmtp();
        using var mailer = new SmtpMailer(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var message = Message();
        var mails = 0;
        smtp.Answer = line => line.StartsWith("MAIL", StringComparison.Ordinal) && ++mails == 2 ? "421 enough for one connection" : null;

        var first = await mailer.SendAsync(Settings(smtp.Params), message, To, Always, TestContext.Current.CancellationToken);
        var second = await mailer.SendAsync(Settings(smtp.Params), message, To, Always, TestContext.Current.CancellationToken);

        Assert.Equal((SendOutcome.Delivered, SendOutcome.Delivered), (first, second));
        Assert.Equal(2, smtp.Connections);
    }

    private static Task<bool> Always(CancellationToken cancellationToken) => Task.FromResult(true);

    private static SmtpSettings Settings(string parameters)
    {
        Assert.True(SmtpParameters.TryParse(parameters, out var settings, out var faults), string.Join("; ", faults));
        return settings;
    }

    private static MimeMessage Message()
        => StatusMail.ComposeTest("ops", new MailEnvelope(new MailboxAddress("", "sky@example.org"), To, "1@skypunch", AChange.Noon));

    private static async Task<SendOutcome> SendAsync(string parameters)
    {
        using var mailer = new SmtpMailer(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var message = Message();
        return await mailer.SendAsync(Settings(parameters), message, To, Always, TestContext.Current.CancellationToken);
    }

    private async Task<string> WriteAsync(string pem)
    {
        var file = Path.Combine(_folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(file, pem, TestContext.Current.CancellationToken);
        return file;
    }
}

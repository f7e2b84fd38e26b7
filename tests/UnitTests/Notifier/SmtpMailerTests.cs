using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Smtp;

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
    public async Task A_refused_login_may_be_corrected_and_the_password_is_not_repeated()
    {
        await using var smtp = new LoopbackSmtp { Login = ("me", "right") };

        var outcome = await SendAsync($"{smtp.Params},user=me,password=s3cr3t");

        Assert.Equal((SendResult.Retry, true), (outcome.Result, outcome.ServerFault));
        Assert.Contains("refused the login of me", outcome.Reason);
        Assert.DoesNotContain("s3cr3t", outcome.ToString());
    }

    [Fact]
    public async Task A_server_that_wants_a_login_is_distinguished_from_one_that_refuses_the_sender()
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
    public async Task A_refused_connection_is_described_in_words()
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
    public async Task A_ca_may_be_given_as_text()
    {
        using var certificate = LoopbackSmtp.MakeCertificate("localhost");
        await using var smtp = new LoopbackSmtp { Certificate = certificate };

        Assert.Equal(SendOutcome.Delivered, await SendAsync($"server=localhost,port={smtp.Port},ca=\"{certificate.ExportCertificatePem()}\""));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/random")]
    [InlineData("pipe")]
    [InlineData("large")]
    [InlineData("empty")]
    [InlineData(".")]
    public async Task A_ca_that_is_no_small_regular_file_is_not_read(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        if (name == "pipe")
        {
            using var make = System.Diagnostics.Process.Start("mkfifo", [path]);
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        else if (name is "large" or "empty")
        {
            await File.WriteAllBytesAsync(path, new byte[name == "large" ? SmtpAuthorities.LargestFile + 1 : 0], TestContext.Current.CancellationToken);
        }

        var outcome = await SendAsync($"server=localhost,ca={path}");

        Assert.Equal((SendResult.Retry, true), (outcome.Result, outcome.ServerFault));
        Assert.Contains($"the file {path} cannot be read as certificates", outcome.Reason);
    }

    [Fact]
    public async Task A_token_logs_in_by_xoauth2_and_is_not_repeated()
    {
        await using var smtp = new LoopbackSmtp { OAuth = ("me", "t0ken") };

        var taken = await SendAsync($"{smtp.Params},user=me,token=t0ken");
        var refused = await SendAsync($"{smtp.Params},user=me,token=0ther");

        Assert.Equal(SendOutcome.Delivered, taken);
        Assert.Equal("me", (await smtp.NextAsync()).User);
        Assert.Equal((SendResult.Retry, true), (refused.Result, refused.ServerFault));
        Assert.Contains("refused the login of me", refused.Reason);
        Assert.DoesNotContain("0ther", refused.ToString());
        Assert.DoesNotContain(Convert.ToBase64String("user=me\u0001auth=Bearer 0ther\u0001\u0001"u8), refused.ToString());
    }

    [Theory]
    [InlineData(",helo=mon.example.org", "EHLO mon.example.org")]
    [InlineData(",helo=bücher.example", "EHLO xn--bcher-kva.example")]
    [InlineData(",helo=[192.0.2.1]", "EHLO [192.0.2.1]")]
    public async Task The_name_in_ehlo_is_the_one_given(string helo, string expected)
    {
        await using var smtp = new LoopbackSmtp();

        await SendAsync(smtp.Params + helo);

        Assert.Contains(expected, smtp.Commands);
    }

    [Fact]
    public async Task Without_a_name_ehlo_has_a_full_one()
    {
        await using var smtp = new LoopbackSmtp();

        await SendAsync(smtp.Params);

        Assert.Contains('.', smtp.Commands.Single(line => line.StartsWith("EHLO", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_address_beyond_ascii_goes_only_to_a_server_that_can_be_told_it()
    {
        IReadOnlyList<MailboxAddress> both = [new("", "jürgen@example.org"), new("", "ops@bücher.example")];
        await using var old = new LoopbackSmtp();
        await using var current = new LoopbackSmtp { SmtpUtf8 = true };

        var toOld = await SendAsync(old.Params, both);
        var toOldAlone = await SendAsync(old.Params, [both[0]]);
        var toCurrent = await SendAsync(current.Params, both);

        Assert.Equal(SendResult.Delivered, toOld.Result);
        Assert.Equal(
            "sent, but jürgen@example.org was not tried: the server does not offer SMTPUTF8, which an address with letters beyond ASCII before the @ needs",
            toOld.Reason);
        Assert.Equal((SendResult.Refused, false), (toOldAlone.Result, toOldAlone.ServerFault));
        Assert.Equal(["ops@xn--bcher-kva.example"], (await old.NextAsync()).Recipients);
        Assert.Equal(SendOutcome.Delivered, toCurrent);
        Assert.Equal(2, (await current.NextAsync()).Recipients.Count);
        Assert.DoesNotContain(old.Commands, line => line.Contains('ü') || line.Contains('Ã'));
    }

    [Fact]
    public async Task A_sender_beyond_ascii_is_about_us()
    {
        await using var smtp = new LoopbackSmtp();

        var outcome = await SendAsync($"{smtp.Params},from=jürgen@example.org", To, "jürgen@example.org");

        Assert.Equal((SendResult.Retry, true), (outcome.Result, outcome.ServerFault));
        Assert.Contains("the sender jürgen@example.org cannot be used", outcome.Reason);
        Assert.Empty(smtp.TakeAll());
    }

    [Theory]
    [InlineData("RCPT", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname", "helo=NAME")]
    [InlineData("RCPT", "554 5.7.1 <ops@example.org>: Relay access denied", "Give user and password")]
    [InlineData("RCPT", "550 relaying denied", "Give user and password")]
    [InlineData("RCPT", "530 5.7.0 Authentication required", "Give user and password")]
    [InlineData("MAIL", "553 5.1.8 sender rejected", "from=ADDRESS")]
    [InlineData("MAIL", "550 no", "from=ADDRESS")]
    [InlineData("EHLO", "550 5.7.1 EHLO refused", "helo=NAME")]
    [InlineData("END OF DATA", "550 5.7.1 not by this sender", "from=ADDRESS")]
    public async Task A_refusal_that_is_about_us_loses_no_message(string command, string answer, string hint)
    {
        await using var smtp = new LoopbackSmtp
        {
            Answer = line => line.StartsWith(command, StringComparison.Ordinal) || (command == "EHLO" && line.StartsWith("HELO", StringComparison.Ordinal)) ? answer : null,
        };

        var outcome = await SendAsync(smtp.Params);

        Assert.Equal((SendResult.Retry, true), (outcome.Result, outcome.ServerFault));
        Assert.Contains(hint, outcome.Hint);
    }

    [Fact]
    public async Task A_recipient_who_is_refused_for_what_we_are_is_tried_again_when_others_are_not()
    {
        await using var smtp = new LoopbackSmtp { Answer = line => line.Contains("ops@", StringComparison.Ordinal) ? "550 5.7.1 Relaying denied" : null };

        var outcome = await SendAsync(smtp.Params, [new("", "ops@example.org"), new("", "boss@example.net")]);

        Assert.Equal(SendResult.Retry, outcome.Result);
        Assert.Equal(["ops@example.org"], outcome.Remaining);
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
        using var mailer = new SmtpMailer(TimeSpan.FromSeconds(30), SmtpMailer.AcceptTimeout, clock);
        using var message = Message();

        var sending = SendAsync(mailer, Settings(smtp.Params), message, To);
        await reached.Task;
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        var outcome = await sending;

        Assert.Equal($"127.0.0.1:{smtp.Port} did not answer within {seconds} s", outcome.Reason);
        Assert.True(outcome.ServerFault);
    }

    [Fact]
    public async Task A_server_that_does_not_say_goodbye_is_left_soon()
    {
        var clock = new FakeTimeProvider();
        var reached = new TaskCompletionSource();
        await using var smtp = new LoopbackSmtp { Hangs = line => line == "QUIT", Hung = reached.SetResult };
        using var mailer = new SmtpMailer(TimeSpan.FromSeconds(30), SmtpMailer.AcceptTimeout, clock);
        using var message = Message();
        await SendAsync(mailer, Settings(smtp.Params), message, To);

        var leaving = mailer.CloseAsync(TestContext.Current.CancellationToken);
        await reached.Task;
        Assert.False(leaving.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));

        await leaving.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
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
    public async Task A_server_that_hangs_up_between_two_messages_is_connected_to_again()
    {
        await using var smtp = new LoopbackSmtp();
        using var mailer = new SmtpMailer(TimeSpan.FromSeconds(30), SmtpMailer.AcceptTimeout, TimeProvider.System);
        using var message = Message();
        var mails = 0;
        smtp.Answer = line => line.StartsWith("MAIL", StringComparison.Ordinal) && ++mails == 2 ? "421 enough for one connection" : null;

        var first = await SendAsync(mailer, Settings(smtp.Params), message, To);
        var second = await SendAsync(mailer, Settings(smtp.Params), message, To);

        Assert.Equal((SendOutcome.Delivered, SendOutcome.Delivered), (first, second));
        Assert.Equal(2, smtp.Connections);
    }

    private static Task<bool> Always(CancellationToken cancellationToken) => Task.FromResult(true);

    private static SmtpSettings Settings(string parameters)
    {
        Assert.True(SmtpParameters.TryParse(parameters, out var settings, out var faults), string.Join("; ", faults));
        return settings;
    }

    private static MimeMessage Message(IReadOnlyList<MailboxAddress>? to = null, string from = "sky@example.org")
        => StatusMail.ComposeTest("ops", new MailEnvelope(new MailboxAddress("", from), to ?? To, "1@skypunch", AChange.Noon));

    private static async Task<SendOutcome> SendAsync(string parameters, IReadOnlyList<MailboxAddress>? to = null, string from = "sky@example.org")
    {
        using var mailer = new SmtpMailer(TimeSpan.FromSeconds(30), SmtpMailer.AcceptTimeout, TimeProvider.System);
        using var message = Message(to, from);
        return await SendAsync(mailer, Settings(parameters), message, to ?? To);
    }

    private static async Task<SendOutcome> SendAsync(SmtpMailer mailer, SmtpSettings settings, MimeMessage message, IReadOnlyList<MailboxAddress> to)
        => SmtpFaults.Judge(settings, (await mailer.SendAsync(new MailRequest(settings, message, to), Always, TestContext.Current.CancellationToken))!);

    private async Task<string> WriteAsync(string pem)
    {
        var file = Path.Combine(_folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(file, pem, TestContext.Current.CancellationToken);
        return file;
    }
}

using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Servers;

public sealed class SmtpServerTests(SmtpServer smtp)
{
    // The server has answered, and its answer was no.
    private static bool IsOfServer(Exception exception) => exception is SmtpCommandException or ServiceNotAuthenticatedException;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SecureSocketOptions.StartTls)]
    [InlineData(SecureSocketOptions.SslOnConnect)]
    public async Task A_message_sent_with_tls_and_a_password_arrives(SecureSocketOptions tls)
    {
        var recipient = SmtpServer.NewAddress();
        using var client = await ConnectAsync(tls);
        await client.AuthenticateAsync(SmtpServer.User, SmtpServer.Password, Token);

        await client.SendAsync(MessageTo(recipient), Token);

        var message = Assert.Single(await smtp.WaitForAsync(recipient));
        Assert.Equal("keystone is überlastet", message.Subject);
        Assert.Equal("FAIL ✗", message.TextBody!.Trim());
    }

    [Fact]
    public async Task The_plain_port_accepts_mail_without_TLS_and_without_a_login()
    {
        var recipient = SmtpServer.NewAddress();
        using var client = await ConnectAsync(SecureSocketOptions.None);

        await client.SendAsync(MessageTo(recipient), Token);

        Assert.Single(await smtp.WaitForAsync(recipient));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        using var client = await ConnectAsync(SecureSocketOptions.StartTls);

        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(SmtpServer.User, "wrong", Token));
    }

    [Fact]
    public async Task Submission_without_a_password_is_refused()
    {
        using var client = await ConnectAsync(SecureSocketOptions.StartTls);

        Assert.True(IsOfServer(await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(MessageTo(SmtpServer.NewAddress()), Token))));
    }

    [Fact]
    public async Task Submission_without_tls_is_refused()
    {
        await smtp.StartAsync();
        using var client = new SmtpClient();
        await client.ConnectAsync(smtp.Host, smtp.SubmissionPort, SecureSocketOptions.None, Token);

        Assert.True(IsOfServer(await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(MessageTo(SmtpServer.NewAddress()), Token))));
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_not_trusted()
    {
        await smtp.StartAsync();
        using var client = new SmtpClient();

        await Assert.ThrowsAsync<SslHandshakeException>(
            () => client.ConnectAsync("localhost", smtp.SubmissionPort, SecureSocketOptions.StartTls, Token));
    }

    [Theory]
    [InlineData("reject@example.org", SmtpStatusCode.MailboxUnavailable)]
    [InlineData("later@example.org", SmtpStatusCode.ErrorInProcessing)]
    public async Task A_refused_recipient_gets_a_permanent_or_a_temporary_status_code(string recipient, SmtpStatusCode answer)
    {
        using var client = await ConnectAsync(SecureSocketOptions.None);

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(MessageTo(recipient), Token));

        Assert.Equal(answer, refusal.StatusCode);
    }

    private async Task<SmtpClient> ConnectAsync(SecureSocketOptions tls)
    {
        var authority = await smtp.CertificateAuthorityAsync();
        var port = tls switch
        {
            SecureSocketOptions.None => smtp.PlainPort,
            SecureSocketOptions.SslOnConnect => smtp.ImplicitTlsPort,
            _ => smtp.SubmissionPort,
        };
        var client = new SmtpClient
        {
            // The only error allowed is an unknown authority, which is then checked here; the name must match.
            ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.Add(authority);
                return (errors & ~System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors) == 0
                    && chain.Build((X509Certificate2)certificate!);
            },
            CheckCertificateRevocation = false,
        };
        await client.ConnectAsync(smtp.Host, port, tls, Token);
        return client;
    }

    private static MimeMessage MessageTo(string recipient)
    {
        var message = new MimeMessage { Subject = "keystone is überlastet", Body = new TextPart("plain") { Text = "FAIL ✗" } };
        message.From.Add(MailboxAddress.Parse("skypunch@example.org"));
        message.To.Add(MailboxAddress.Parse(recipient));
        return message;
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Skypunch.TestBed;

/// <summary>
/// A real mail server that accepts and keeps mail for every address, but refuses <c>reject@…</c> permanently (550) and <c>later@…</c>
/// temporarily (451). Each test sends to a <see cref="NewAddress"/>, and so sees only its own mail.
/// </summary>
public sealed class SmtpServer : ContainerServer
{
    public const string User = "skypunch";
    public const string Password = "s3cret";
    private const string Inbox = "/mail/Maildir/new";
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The port that requires STARTTLS and AUTH.</summary>
    public int SubmissionPort { get; } = FreePort();

    /// <summary>The port with TLS from the first byte; it requires AUTH.</summary>
    public int ImplicitTlsPort { get; } = FreePort();

    /// <summary>The port without TLS and AUTH.</summary>
    public int PlainPort { get; } = FreePort();

    public static string NewAddress() => $"t{Guid.NewGuid():N}@example.org";

    /// <summary>
    /// The certificate (PEM) of the authority that signed the server's certificate, which names localhost, smtp and 127.0.0.1.
    /// </summary>
    public async Task<string> CertificateAuthorityPemAsync()
    {
        var container = await ContainerAsync();
        return Encoding.ASCII.GetString(await container.ReadFileAsync("/tls/ca.pem", TestContext.Current.CancellationToken));
    }

    public async Task<X509Certificate2> CertificateAuthorityAsync()
        => X509Certificate2.CreateFromPem(await CertificateAuthorityPemAsync());

    /// <summary>The mails that an address has received, oldest first.</summary>
    public async Task<IReadOnlyList<MimeMessage>> ReceivedAsync(string recipient)
    {
        var container = await ContainerAsync();
        var cancellationToken = TestContext.Current.CancellationToken;
        // ls sorts by modification time; grep lists the files of this recipient.
        var script = $"cd {Inbox} 2>/dev/null && ls -tr | xargs -r grep -ilFx 'Delivered-To: {recipient}' || true";
        var listing = await container.ExecAsync(["sh", "-c", script], cancellationToken);

        List<MimeMessage> messages = [];
        foreach (var file in listing.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var content = new MemoryStream(await container.ReadFileAsync($"{Inbox}/{file}", cancellationToken));
            messages.Add(await MimeMessage.LoadAsync(content, cancellationToken));
        }

        return messages;
    }

    /// <summary>Waits until an address has received at least this many messages, and fails after the deadline.</summary>
    public async Task<IReadOnlyList<MimeMessage>> WaitForAsync(string recipient, int count = 1, TimeSpan? patience = null)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        while (true)
        {
            var messages = await ReceivedAsync(recipient);
            if (messages.Count >= count)
            {
                return messages;
            }

            if (clock.GetElapsedTime(started) > (patience ?? DefaultPatience))
            {
                Assert.Fail($"{recipient} has received {messages.Count} of {count} messages in {patience ?? DefaultPatience}.");
            }

            await Task.Delay(PollInterval, clock, TestContext.Current.CancellationToken);
        }
    }

    private protected override IContainer Build()
        => new ContainerBuilder(ContainerEngine.Image("SMTP", "skypunch-test/smtp"))
            .WithLogger(NullLogger.Instance)
            .WithLabel(ContainerEngine.RunLabel, ContainerEngine.Run)
            .WithPortBinding(SubmissionPort, 587)
            .WithPortBinding(ImplicitTlsPort, 465)
            .WithPortBinding(PlainPort, 25)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilInternalTcpPortIsAvailable(587))
            .Build();
}

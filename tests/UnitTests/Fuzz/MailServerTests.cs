using System.Net.Sockets;
using System.Text;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Smtp;
using Skypunch.UnitTests.Notifier;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>
/// Sends valid and invalid answers of a mail server to the real mailer over loopback: the message is delivered, or the outcome says why
/// not.
/// </summary>
public sealed class MailServerTests
{
    private const string Secret = "s3cret-of-the-notifier";
    private const int LongestWords = 8 * 1024;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2); // until the server hangs up on a client that waits for more

    private static readonly Dictionary<string, string[]> Samples = new()
    {
        ["GREETING"] = ["220 mail.example.org ESMTP\r\n", "220-mail.example.org\r\n220 ready\r\n", "554 5.7.1 No\r\n", "421 busy\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"],
        ["EHLO"] = ["250-mail\r\n250-SIZE 10240000\r\n250-AUTH PLAIN LOGIN XOAUTH2 CRAM-MD5\r\n250-STARTTLS\r\n250-CHUNKING\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250-DSN\r\n250 8BITMIME\r\n", "250 mail\r\n", "504 5.5.2 full name\r\n"],
        ["AUTH"] = ["235 2.7.0 ok\r\n", "334 VXNlcm5hbWU6\r\n", "334 \r\n", "535 5.7.8 no\r\n", $"535 what is {Secret}?\r\n"],
        ["MAIL"] = ["250 2.1.0 Ok\r\n", "553 5.1.8 sender\r\n", "452 4.3.1 full\r\n"],
        ["RCPT"] = ["250 2.1.5 Ok\r\n", "550 5.1.1 unknown\r\n", "451 4.7.1 greylisted\r\n"],
        ["DATA"] = ["354 go\r\n", "354 go\r\n", "503 no\r\n"],
        ["."] = ["250 2.0.0 Ok\r\n", "554 5.6.0 spam\r\n", "451 later\r\n"],
        [""] = ["250 Ok\r\n", "502 no\r\n", "220 go ahead\r\n"],
    };

    private static readonly string[] Words =
        ["250-", "250 ", "220 ", "354 ", "334 ", "235 ", "421 ", "550 ", "000 ", "999 ", "99", "-", "\r\n", "\n", "\r", "AUTH ", "PLAIN", "NTLM", "SIZE ", "SIZE 1\r\n", "STARTTLS\r\n", "=", "5.7.1 ", "AAAA", "enc:v1:", "\u0015\u0003\u0001"];

    [Fact]
    public async Task Whatever_a_mail_server_says_is_an_outcome() => await FuzzRun.EachAsync(300, 4, async (_, random) =>
    {
        var said = Samples.ToDictionary(sample => sample.Key, sample => random.Next(4) > 0 ? sample.Value[0] : new Mutator(random, sample.Value, Words, isOfBytes: true).Next());
        await using var server = new RawServer((stream, token) => TalkAsync(stream, said, token));
        string[] logins = ["none", "none", $"none,user=me,password={Secret},plain_login=yes", $"none,user=me,token={Secret},plain_login=yes", $"starttls,user=me,password={Secret}"];
        var text = $"server=127.0.0.1,port={server.Port},security={logins[random.Next(logins.Length)]}";
        var form = new ChannelForm(random.Next(3) == 0 ? "\u00fc@example.org" : "a@example.org, b@example.org", text);
        var channel = new SmtpChannel(TimeProvider.System);
        Assert.Empty(channel.Check(form));
        using var session = channel.Open(Silence * 5, isWaitedFor: true);

        var telling = new Telling { Id = "1.a", Notifier = "fuzzed", At = AChange.Noon };
        var outcome = await session.SendAsync(form, telling, _ => Task.FromResult(true), TestContext.Current.CancellationToken);
        await session.CloseAsync(TestContext.Current.CancellationToken);

        var words = $"{outcome.Reason} {outcome.Hint}";
        Assert.True(OneLine.Is(words) && words.Length <= LongestWords, words);
        Assert.DoesNotContain(Secret, words, StringComparison.Ordinal);
        return $"{outcome.Result}{(outcome.ServerFault ? " by the server" : "")}";
    });

    private static async Task TalkAsync(NetworkStream stream, Dictionary<string, string> said, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        for (var line = "GREETING"; line is not null; line = await reader.ReadLineAsync(over.Token))
        {
            over.CancelAfter(Silence);
            var answer = said.GetValueOrDefault(Verb(line)) ?? said[""];
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), over.Token);
            if (line == "STARTTLS" || !IsWhole(answer))
            {
                return; // the client waits for an answer that never comes
            }

            if (line == "DATA" && answer[0] == '3')
            {
                await ReadMessageAsync(reader, over.Token);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(said["."]), over.Token);
            }
        }
    }

    private static async Task ReadMessageAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
        {
            // The content does not matter.
        }
    }

    private static bool IsWhole(string answer) => answer.EndsWith('\n') && answer.TrimEnd('\r', '\n').Split('\n')[^1] is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', not '-', ..];

    private static string Verb(string line) => line.Split(' ', ':')[0];
}

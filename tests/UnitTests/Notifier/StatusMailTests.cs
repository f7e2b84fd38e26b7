using MimeKit;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Notifier;

public sealed class StatusMailTests
{
    private static readonly MailEnvelope Envelope = new(
        new MailboxAddress("Skypunch", "skypunch@example.org"),
        [new MailboxAddress("", "ops@example.org")],
        "7.abc@skypunch",
        AChange.Noon.ToOffset(TimeSpan.FromHours(2)));

    [Theory]
    [InlineData("failure", "Skypunch FAILURE detected for Target 1")]
    [InlineData("recovery", "Skypunch SUCCESS detected for Target 1")]
    public void Says_all_there_is_to_say_in_text_and_in_html(string golden, string subject)
    {
        using var mail = StatusMail.Compose(golden == "failure" ? AChange.Failure() : AChange.Recovery(), Envelope);

        Assert.Equal(subject, mail.Subject);
        Golden.AssertIs($"{golden}.txt", mail.TextBody);
        Golden.AssertIs($"{golden}.html", mail.HtmlBody);
    }

    [Fact]
    public void The_trace_of_a_change_that_is_told_late_counts_from_the_begin_of_its_own_probe()
    {
        var change = AChange.Failure();

        using var mail = StatusMail.Compose(change, Envelope);
        using var late = StatusMail.Compose(change with { At = change.At.AddHours(-1), ProbedAt = change.At }, Envelope);

        Assert.Contains("(+118.4 ms, 0.8 ms)", late.TextBody, StringComparison.Ordinal);
        Assert.Equal(TraceOf(mail), TraceOf(late));

        static string TraceOf(MimeMessage mail) => mail.TextBody![mail.TextBody!.IndexOf("Trace", StringComparison.Ordinal)..];
    }

    [Fact]
    public void Has_the_headers_of_a_message_that_a_program_sends()
    {
        using var mail = StatusMail.Compose(AChange.Failure(), Envelope);

        Assert.Equal("7.abc@skypunch", mail.MessageId);
        Assert.Equal(AChange.Noon, mail.Date);
        Assert.Equal(TimeSpan.Zero, mail.Date.Offset);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("\"Skypunch\" <skypunch@example.org>", mail.From.ToString());
        Assert.Equal("ops@example.org", mail.To.ToString());
    }

    [Fact]
    public void A_recovery_stands_in_one_conversation_with_its_targets_failure()
    {
        using var failure = StatusMail.Compose(AChange.Failure(3), Envelope);
        using var recovery = StatusMail.Compose(AChange.Recovery(3), Envelope);
        using var other = StatusMail.Compose(AChange.Failure(4), Envelope);

        Assert.Equal(failure.References, recovery.References);
        Assert.Equal(failure.InReplyTo, recovery.InReplyTo);
        Assert.NotEqual(failure.InReplyTo, other.InReplyTo);
    }

    [Fact]
    public void A_name_can_neither_add_headers_nor_html()
    {
        var change = AChange.Failure() with { Name = "x\r\nBcc: evil@example.org\r\n\r\n<script>alert(1)</script>" };

        using var mail = StatusMail.Compose(change, Envelope);
        using var bytes = new MemoryStream();
        mail.WriteTo(bytes, TestContext.Current.CancellationToken);
        bytes.Position = 0;
        using var read = MimeMessage.Load(bytes, TestContext.Current.CancellationToken);

        Assert.Empty(read.Bcc);
        Assert.Equal("Skypunch FAILURE detected for x  Bcc: evil@example.org    <script>alert(1)</script>", read.Subject);
        Assert.DoesNotContain("<script", read.HtmlBody);
        Assert.Contains("&lt;script&gt;", read.HtmlBody);
    }

    [Theory]
    [InlineData("https://me:s3cr3t@example.org/", "https://***@example.org/")]
    [InlineData("https://me:pä s3cr3t@example.org/", "https://***@example.org/")]
    [InlineData("https://me:s3cr3t@no host:port/", "https://***@no host:port/")]
    public void Credentials_in_a_url_are_not_shown(string url, string shown)
    {
        using var mail = StatusMail.Compose(AChange.Failure() with { Url = url }, Envelope);

        Assert.DoesNotContain("s3cr3t", mail.TextBody + mail.HtmlBody);
        Assert.Contains(shown, mail.TextBody);
        Assert.Contains(shown, mail.HtmlBody);
    }

    [Fact]
    public void A_first_failure_says_that_nothing_was_known_before()
    {
        using var mail = StatusMail.Compose(AChange.Failure() with { From = "NEW", Since = null }, Envelope);

        Assert.Contains("It had not been probed before.", mail.TextBody);
    }

    [Theory]
    [InlineData("00:00:00.4", "less than 1 s")]
    [InlineData("00:00:07.9", "7 s")]
    [InlineData("00:02:05", "2 min 5 s")]
    [InlineData("01:00:30", "1 h")]
    [InlineData("2.03:59:59", "2 d 3 h")]
    [InlineData("-00:00:05", "less than 1 s")]
    public void A_duration_has_its_two_largest_units(string duration, string expected)
        => Assert.Equal(expected, SpokenDuration.Of(TimeSpan.Parse(duration, null)));

    [Theory]
    [InlineData("=?utf-8?q?Payroll?= is fine")]
    [InlineData("=?utf-8?B?UGF5cm9sbA==?=")]
    [InlineData("=?utf-8?q?ä?= and a name that is so long that the subject takes several encoded words, each whole: ääääääää🙂🙂🙂🙂🙂🙂🙂🙂")]
    public async Task A_name_that_looks_like_an_encoded_word_is_read_as_it_was_written(string name)
    {
        using var message = StatusMail.Compose(AChange.Failure() with { Name = name }, Envelope);
        using var sent = new MemoryStream();
        await message.WriteToAsync(sent, TestContext.Current.CancellationToken);
        sent.Position = 0;

        using var read = await MimeMessage.LoadAsync(sent, TestContext.Current.CancellationToken);

        Assert.Equal($"Skypunch FAILURE detected for {name}", read.Subject);
        Assert.All(System.Text.Encoding.UTF8.GetString(sent.ToArray()).Split('\n'), line => Assert.True(line.Length <= 998));
    }

    [Fact]
    public void A_name_turns_no_writing_direction_and_rings_no_bell()
    {
        using var message = StatusMail.Compose(AChange.Failure() with { Name = "a\u202Eb\u2066c\ad\u001b[31me" }, Envelope);

        Assert.Equal("Skypunch FAILURE detected for a b c d [31me", message.Subject);
        Assert.All([message.TextBody!, message.HtmlBody!], text => Assert.DoesNotContain(text, c => c is '\u202E' or '\u2066' or '\a' or '\u001b'));
    }
}

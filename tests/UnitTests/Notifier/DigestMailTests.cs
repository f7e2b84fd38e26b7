using MimeKit;
using Skypunch.Contracts;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Notifier;

public sealed class DigestMailTests
{
    private const string Id = "digest.0123456789abcdef0123456789abcdef";

    private static readonly MailEnvelope Envelope = new(
        new MailboxAddress("Skypunch", "skypunch@example.org"), [new MailboxAddress("", "ops@example.org")], $"{Id}@skypunch", AChange.Noon);

    [Fact]
    public void Says_how_many_failed_for_which_reason_and_names_the_first_with_all_in_a_table()
    {
        using var mail = Compose(
        [
            .. Enumerable.Range(1, 2).Select(i => AChange.Recovery(i, AChange.Noon.AddSeconds(-i))),
            .. Enumerable.Range(3, 1200).Select(i => AChange.Failure(i, AChange.Noon.AddMilliseconds(i)) with { Reason = i % 100 == 0 ? ProbeReasons.RequestTimeout : ProbeReasons.StatusMismatch }),
        ]);
        var table = Assert.Single(mail.Attachments.OfType<TextPart>());

        Assert.Equal("Skypunch FAILURE detected for 1,200 targets, SUCCESS for 2", mail.Subject);
        Assert.Equal("1202", mail.Headers["X-Skypunch-Changes"]);
        Assert.Equal($"{Id}@skypunch", mail.MessageId);
        Golden.AssertIs("digest.txt", mail.TextBody);
        Golden.AssertIs("digest.html", mail.HtmlBody);
        Assert.Equal(("changes.csv", "text/csv"), (table.FileName, table.ContentType.MimeType));
        var lines = table.Text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + 1202, lines.Length);
        Golden.AssertIs("digest.csv", string.Join('\n', lines.Take(3).Append(lines[^1])));
    }

    [Fact]
    public void Twenty_changes_need_no_table()
    {
        using var mail = Compose([.. Enumerable.Range(1, 8).Select(i => AChange.Failure(i)), .. Enumerable.Range(9, 12).Select(i => AChange.Recovery(i))]);

        Assert.Empty(mail.Attachments);
        Golden.AssertIs("digest-of-twenty.txt", mail.TextBody);
        Golden.AssertIs("digest-of-twenty.html", mail.HtmlBody);
    }

    [Theory]
    [InlineData(11, 0, "Skypunch FAILURE detected for 11 targets", "11 targets have failed, at 2026-03-01 12:00:00 UTC.")]
    [InlineData(0, 11, "Skypunch SUCCESS detected for 11 targets", "11 targets pass again, at 2026-03-01 12:00:00 UTC.")]
    [InlineData(1, 0, "Skypunch FAILURE detected for 1 target", "1 target has failed, at 2026-03-01 12:00:00 UTC.")]
    [InlineData(0, 1, "Skypunch SUCCESS detected for 1 target", "1 target passes again, at 2026-03-01 12:00:00 UTC.")]
    [InlineData(1, 1, "Skypunch FAILURE detected for 1 target, SUCCESS for 1", "1 target has failed and 1 passes again, at 2026-03-01 12:00:00 UTC.")]
    public void The_subject_says_first_what_has_failed(int failed, int recovered, string subject, string sentence)
    {
        using var mail = Compose([.. Enumerable.Range(1, failed).Select(i => AChange.Failure(i)), .. Enumerable.Range(100, recovered).Select(i => AChange.Recovery(i))]);

        Assert.Equal(subject, mail.Subject);
        Assert.StartsWith(sentence, mail.TextBody);
    }

    [Fact]
    public void Names_can_add_neither_headers_nor_html_nor_formulas_and_no_secret_is_shown()
    {
        var odd = AChange.Failure() with { Name = "=cmd|x\r\nBcc: x@example.org\u202E<script>", Url = "https://me:s3cr3t@example.org/?token=s3cr3t", Description = "one\ntwo, \"three\"" };
        using var mail = Compose([.. Enumerable.Range(1, 21).Select(i => odd with { TargetId = i })]);
        var table = Assert.Single(mail.Attachments.OfType<TextPart>()).Text;
        using var bytes = new MemoryStream();
        mail.WriteTo(bytes, TestContext.Current.CancellationToken);

        Assert.Empty(mail.Bcc);
        Assert.DoesNotContain("<script", mail.HtmlBody);
        Assert.All([mail.TextBody!, mail.HtmlBody!, table], text =>
        {
            Assert.DoesNotContain("s3cr3t", text);
            Assert.DoesNotContain('\u202E', text);
        });
        Assert.Contains(",'=cmd|x  Bcc: x@example.org <script>,", table);
        Assert.Contains(",\"one two, \"\"three\"\"\",", table);
        Assert.DoesNotContain("s3cr3t", System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static MimeMessage Compose(IReadOnlyList<TargetStatusChanged> changes)
        => DigestMail.Compose(Id, [.. changes.Select(change => new DigestPart($"7.{change.ChangeId:N}", change))], Envelope);
}

using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Notifier;

/// <summary>Answers to RCPT that real servers give.</summary>
public sealed class SmtpBlameTests
{
    [Theory]
    [InlineData(504, "5.5.2 <vm>: Helo command rejected: need fully-qualified hostname", true)] // Postfix
    [InlineData(554, "5.7.1 <bob@example.org>: Relay access denied", true)] // Postfix
    [InlineData(454, "4.7.1 <bob@example.org>: Relay access denied", true)]
    [InlineData(550, "5.7.1 Unable to relay", true)] // Exchange
    [InlineData(550, "relay not permitted", true)] // Exim
    [InlineData(550, "Administrative prohibition: authentication required", true)]
    [InlineData(554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", true)]
    [InlineData(450, "4.7.25 Client host rejected: cannot find your reverse hostname", true)]
    [InlineData(553, "5.7.1 <a@b>: Sender address rejected: not owned by user me", true)]
    [InlineData(550, "5.1.8 <a@b>: Sender address rejected: Domain not found", true)]
    [InlineData(530, "5.7.0 Must issue a STARTTLS command first", true)]
    [InlineData(535, "no", true)]
    [InlineData(550, "5.1.1 <bob@example.org>: Recipient address rejected: User unknown in local recipient table", false)]
    [InlineData(550, "5.1.1 The email account that you tried to reach does not exist", false)] // Gmail
    [InlineData(550, "no such user", false)]
    [InlineData(552, "5.2.2 mailbox full", false)]
    [InlineData(554, "5.7.1 <bob@example.org>: Recipient address rejected: Access denied", false)]
    [InlineData(550, "5.4.1 Recipient address rejected: Access denied", false)] // Exchange Online, for a mailbox that does not exist
    public void A_refusal_is_blamed_on_the_sender_or_on_the_recipient(int code, string reply, bool us) => Assert.Equal(us, SmtpBlame.IsAboutUs(code, reply));
}

using Skypunch.Notifier.Mail;

namespace Skypunch.UnitTests.Notifier;

public sealed class MailAddressesTests
{
    [Theory]
    [InlineData("ops@example.org", "ops@example.org")]
    [InlineData("a@example.org, b@example.org", "a@example.org b@example.org")]
    [InlineData("Ops <ops@example.org>, ops@EXAMPLE.org", "ops@example.org")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("\"Doe, Jane\" <jane@example.org>", "jane@example.org")]
    public void Reads_one_or_several(string text, string expected)
    {
        Assert.True(MailAddresses.TryParse(text, out var addresses, out var error), error);

        Assert.Equal(expected, string.Join(' ', addresses.Select(a => a.Address)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ops")]
    [InlineData("ops@")]
    [InlineData("@example.org")]
    [InlineData("a@example.org, nobody")]
    [InlineData("a@exa mple.org")]
    [InlineData("team: a@example.org;")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    public void Refuses_all_else(string text)
    {
        Assert.False(MailAddresses.TryParse(text, out _, out var error));

        Assert.NotEmpty(error);
    }
}

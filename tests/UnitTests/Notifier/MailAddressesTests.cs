using Skypunch.Notifier.Channels.Smtp;

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

    [Theory]
    [InlineData("a@b,")]
    [InlineData("(")]
    [InlineData("<")]
    [InlineData("\"")]
    [InlineData("a.")]
    [InlineData("group:")]
    [InlineData("=?utf-8?q?")]
    public void A_list_of_any_length_is_answered_at_once(string part)
    {
        var began = TimeProvider.System.GetTimestamp();

        Assert.False(MailAddresses.TryParse(string.Concat(Enumerable.Repeat(part, 100_000)), out _, out var error));
        _ = MailAddresses.TryParse(string.Concat(Enumerable.Repeat(part, MailAddresses.Longest / part.Length)), out _, out _);

        Assert.Equal("must have at most 1000 characters", error);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }
}

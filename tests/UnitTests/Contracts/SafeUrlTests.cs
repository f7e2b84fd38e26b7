using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class SafeUrlTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("http://host/path?q=1", "http://host/path?q=1")]
    [InlineData("http://host/@somebody", "http://host/@somebody")]
    [InlineData("http://me:s3cr3t@host/path", "http://***@host/path")]
    [InlineData("http://me:s3@cr3t@host/path", "http://***@host/path")]
    [InlineData("http://me:s3/cr3t@host/path", "http://***@host/path")]
    [InlineData("me:s3cr3t@host", "***@host")]
    [InlineData("http://me:s3cr3t@host\r\nX: y", "http://***@host  X: y")]
    public void Shows_no_user_and_password(string? url, string shown) => Assert.Equal(shown, SafeUrl.Of(url));
}

using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class WebUrlTests
{
    [Theory]
    [InlineData("http://example.org/", UrlFault.None)]
    [InlineData("https://bücher.example:8443/x?y#z", UrlFault.None)]
    [InlineData("http://[fe80::1%25eth0]:80/", UrlFault.None)]
    [InlineData("http://xn--ß/", UrlFault.NoHostName)]
    [InlineData("http://ex\u00ADample.xn--ü/", UrlFault.NoHostName)]
    [InlineData("ftp://example.org/", UrlFault.NoUrl)]
    [InlineData("/path", UrlFault.NoUrl)]
    [InlineData("http://", UrlFault.NoUrl)]
    [InlineData("", UrlFault.NoUrl)]
    [InlineData(null, UrlFault.NoUrl)]
    [InlineData("http://me:secret@example.org/", UrlFault.Credentials)]
    [InlineData("http://example.org:0/", UrlFault.PortZero)]
    public void Says_what_is_wrong(string? text, UrlFault fault)
    {
        Assert.Equal(fault, WebUrl.Read(text, out var url));
        Assert.Equal(fault is UrlFault.None or UrlFault.Credentials, url is not null);
    }

    [Fact]
    public void A_name_is_as_long_as_DNS_allows()
        => Assert.Equal(UrlFault.LongHostName, WebUrl.Read($"http://{string.Join('.', Enumerable.Repeat("abcdefghi", 26))}/", out _));

    [Theory]
    [InlineData("http://[fe80::1%25eth0]:8080/a%25b", "fe80::1%eth0", "/a%25b")]
    [InlineData("http://[fe80::1%eth0]/", "fe80::1%eth0", "/")]
    [InlineData("http://[fe80::1%252]/", "fe80::1%2", "/")]
    [InlineData("http://[fe80::1]/a//[%25x]", "fe80::1", "/a//[%25x]")]
    public void The_zone_of_an_IPv6_address_stands_behind_an_encoded_percent_sign(string text, string host, string path)
    {
        Assert.Equal(UrlFault.None, WebUrl.Read(text, out var url));
        Assert.Equal((host, path), (url!.DnsSafeHost, url.PathAndQuery));
    }

    [Theory]
    [InlineData("/next", "http://example.org/next", UrlFault.None)]
    [InlineData("//other.example/", "http://other.example/", UrlFault.None)]
    [InlineData("//xn--ß/", null, UrlFault.NoHostName)]
    [InlineData("//me@other.example/", "http://me@other.example/", UrlFault.Credentials)]
    [InlineData("mailto:me", null, UrlFault.NoUrl)]
    public void A_redirect_says_what_differs(string location, string? url, UrlFault fault)
    {
        Assert.Equal(fault, WebUrl.Read(new Uri("http://example.org/first"), location, out var found));
        Assert.Equal(url, found?.AbsoluteUri);
    }
}

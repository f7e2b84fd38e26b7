using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class ProxyUrlTests
{
    [Theory]
    [InlineData("http://proxy.example:3128", "http://proxy.example:3128", "", null)]
    [InlineData("http://proxy.example", "http://proxy.example:80", "", null)]
    [InlineData(" http://u:p%40ss%3A@proxy.example:3128/ ", "http://u@proxy.example:3128", "u", "p@ss:")]
    [InlineData("http://m%C3%BCller:x@bücher.example:8080", "http://m%C3%BCller@xn--bcher-kva.example:8080", "müller", "x")]
    [InlineData("http://u@[::1]:3128", "http://u@[::1]:3128", "u", null)]
    [InlineData("http://u:@127.0.0.1:3128", "http://u@127.0.0.1:3128", "u", "")]
    public void An_address_is_read_with_its_credentials_and_shown_without_the_password(string text, string shown, string user, string? password)
    {
        Assert.Null(ProxyUrl.Read(text, out var proxy));

        Assert.Equal((shown, user, password), (proxy!.Shown(), proxy.User, proxy.Password));
    }

    [Theory]
    [InlineData("", "must be the address of an HTTP proxy")]
    [InlineData("proxy.example:3128", "must be the address of an HTTP proxy")]
    [InlineData("socks5://proxy.example:1080", "must be the address of an HTTP proxy")]
    [InlineData("http://proxy.example:0", "must be the address of an HTTP proxy")]
    [InlineData("http://proxy.example:3128/path", "must be the address of an HTTP proxy")]
    [InlineData("http://proxy.example:3128/?s3cr3t", "must be the address of an HTTP proxy")]
    [InlineData("https://u:s3cr3t@proxy.example:3128", "must begin with http://")]
    [InlineData("http://u%3Ax:s3cr3t@proxy.example:3128", "must have a user without a colon")]
    [InlineData("http://u:s3cr3t%0A@proxy.example:3128", "must have a user without a colon, and no control characters")]
    [InlineData("http://:s3cr3t@proxy.example:3128", "must have a user")]
    public void Anything_else_is_refused_without_a_word_of_it(string text, string words)
    {
        var fault = ProxyUrl.Read(text, out var proxy);

        Assert.Null(proxy);
        Assert.StartsWith(words, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault, StringComparison.Ordinal);
    }
}

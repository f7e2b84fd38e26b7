using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class HeaderTextTests
{
    [Fact]
    public void Written_headers_are_read_again()
    {
        KeyValuePair<string, string>[] headers = [new("Accept", "text/html, */*;q=0.1"), new("X-Empty", ""), new("X-Colon", "a:b: c")];

        Assert.True(HeaderText.TryParse(HeaderText.Format(headers), out var read, out var error), error);

        Assert.Equal(headers, read);
    }

    [Theory]
    [InlineData("Accept", "must be 'Name: value', but line 1 has no name and colon")]
    [InlineData(": x", "must be 'Name: value', but line 1 has no name and colon")]
    [InlineData("A: b\nfoo", "must be 'Name: value', but line 2 has no name and colon")]
    [InlineData("A b: c", "has the name 'A b', but a name may have letters, digits and - _ . only")]
    [InlineData("content-length: 7", "must not have content-length: Skypunch sets it itself")]
    [InlineData("Transfer-Encoding: chunked", "must not have Transfer-Encoding: Skypunch sets it itself")]
    [InlineData("X: pass\0word", "has a control character in the value of X")]
    [InlineData("X: pässword", "has a character in the value of X that is not ASCII")]
    public void A_fault_is_named_and_never_shows_a_value(string text, string error)
    {
        Assert.False(HeaderText.TryParse(text, out _, out var actual));

        Assert.Equal(error, actual);
    }

    [Theory]
    [InlineData("authorization", true)]
    [InlineData("Cookie", true)]
    [InlineData("X-Api-Key", true)]
    [InlineData("X-Auth-Token", true)]
    [InlineData("Accept", false)]
    [InlineData("Host", false)]
    public void The_name_tells_whether_the_value_is_a_secret(string name, bool isSecret) => Assert.Equal(isSecret, HeaderText.IsSecret(name));
}

using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("http://a/", "http://a/?k=v")]
    [InlineData("http://a/?", "http://a/?k=v")]
    [InlineData("http://a/?b=c", "http://a/?b=c&k=v")]
    [InlineData("http://a/?b=c&", "http://a/?b=c&k=v")]
    [InlineData("http://a/x#part?b", "http://a/x?k=v#part?b")]
    [InlineData("/servers?limit=1", "/servers?limit=1&k=v")]
    [InlineData("", "?k=v")]
    public void Parameters_stand_behind_those_of_the_URL(string url, string expected) => Assert.Equal(expected, QueryText.Append(url, "k=v"));

    [Fact]
    public void Written_parameters_are_read_again_and_encoded_for_a_URL()
    {
        KeyValuePair<string, string>[] parameters = [new("api_key", "a+b/c= &é"), new("a b", "%41"), new("api_key", "")];

        var text = QueryText.Format(parameters);

        Assert.Equal("api_key=a%2Bb%2Fc%3D%20%26%C3%A9&a%20b=%2541&api_key=", text);
        Assert.True(QueryText.TryParse(text, out var read, out _));
        Assert.Equal(parameters, read);
    }

    [Theory]
    [InlineData("s3cr3t", "must be name=value&name=value, but part 1 has no name and '='")]
    [InlineData("a=b&=s3cr3t", "must be name=value&name=value, but part 2 has no name and '='")]
    [InlineData("a=s3cr3t%0A", "has a control character in the value of a")]
    public void A_malformed_text_in_a_row_is_reported_without_its_value(string text, string error)
    {
        Assert.False(QueryText.TryParse(text, out _, out var found));

        Assert.Equal(error, found);
    }

    [Fact]
    public void Too_many_or_too_long_parameters_are_refused()
    {
        Assert.Equal("must be 16 at the most", QueryText.Fault([.. Enumerable.Repeat(KeyValuePair.Create("a", "b"), 17)]));
        Assert.Equal("must not take more than 8192 characters as they are sent", QueryText.Fault([new("a", new string('é', 1400))]));
        Assert.Equal("must have names of 1 to 128 characters", QueryText.Fault([new(new string('a', 129), "b")]));
    }

    [Theory]
    [InlineData("http://a/?api_key=S3CR3T&page=2#x", "http://a/?api_key=***&page=2#x")]
    [InlineData("http://a/?page=2&Token=S3CR3T", "http://a/?page=2&Token=***")]
    [InlineData("http://a/?sig=S3CR3T", "http://a/?sig=***")]
    [InlineData("http://a/?pass%77ord=S3CR3T", "http://a/?pass%77ord=***")]
    [InlineData("/hook?access_token=S3CR3T", "/hook?access_token=***")]
    [InlineData("http://a/?page=2&token=", "http://a/?page=2&token=")]
    [InlineData("http://a/token=x", "http://a/token=x")]
    public void What_is_named_like_a_secret_in_a_URL_is_not_shown(string url, string shown)
    {
        Assert.Equal(shown, SafeUrl.Of(url));
        Assert.Equal($"compute:{shown}", TargetAddress.Of(url, "compute"));
    }
}

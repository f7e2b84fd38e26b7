using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class ParameterTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("user=me,password=secret", "user:me|password:secret")]
    [InlineData(" User = me , PASSWORD = a=b ", "user:me|password:a=b")]
    [InlineData("password=\"a,b\"\"c\",user=me", "password:a,b\"c|user:me")]
    [InlineData("user=,password=x", "user:|password:x")]
    public void Reads_the_2013_format_and_quoted_values(string text, string expected)
    {
        Assert.True(ParameterText.TryParse(text, out var parameters, out _));

        Assert.Equal(expected, string.Join('|', parameters.Select(p => $"{p.Key}:{p.Value}")));
    }

    [Theory]
    [InlineData("user=me,password=s3cr3t,s3cr3t-tail", "part 3 has no '='")]
    [InlineData("s3cr3t", "part 1 has no '='")]
    [InlineData("password=\"s3cr3t", "does not end")]
    [InlineData("password=\"s3cr3t\"x,user=me", "followed by more")]
    [InlineData("user=a,user=s3cr3t", "twice")]
    [InlineData("=s3cr3t", "no key in part 1")]
    public void Says_what_is_wrong_without_repeating_the_text(string text, string expected)
    {
        Assert.False(ParameterText.TryParse(text, out _, out var error));

        Assert.Contains(expected, error);
        Assert.DoesNotContain("s3cr3t", error);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a,b")]
    [InlineData(" outer ")]
    [InlineData("\"quoted\"")]
    [InlineData("in\"side")]
    [InlineData("")]
    public void Writes_what_it_reads(string value)
    {
        var text = ParameterText.Format([new("password", value), new("user", "me")]);

        Assert.True(ParameterText.TryParse(text, out var parameters, out _));
        Assert.Equal(value, parameters["password"]);
        Assert.Equal("me", parameters["user"]);
    }
}

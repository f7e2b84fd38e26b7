using Skypunch.ConfigFile.Values;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.ConfigFile;

public sealed class EnvironmentTests
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["HOST"] = "example.org",
        ["EMPTY"] = "",
        ["SECRET"] = "a,b: \"c\" ${HOST}",
        ["LOGIN"] = "user=me,password=secret",
    };

    [Theory]
    [InlineData("http://${HOST}/", "http://example.org/")]
    [InlineData("${HOST}${HOST}", "example.orgexample.org")]
    [InlineData("${UNSET:-here}", "here")]
    [InlineData("${UNSET:-}", "")]
    [InlineData("${EMPTY:-here}", "here")]
    [InlineData("${EMPTY}", "")]
    [InlineData("${HOST:-here}", "example.org")]
    [InlineData("$${HOST}", "${HOST}")]
    [InlineData("$$$$", "$$")]
    [InlineData("pa$word $", "pa$word $")]
    [InlineData("${SECRET}", "a,b: \"c\" ${HOST}")]
    public void The_environment_is_filled_in(string text, string expected)
    {
        Assert.True(EnvironmentText.TryExpand(text, Variables.GetValueOrDefault, out var value, out _));

        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("${UNSET}", "UNSET, which is not set")]
    [InlineData("${HOST", "'${' that is not followed")]
    [InlineData("${}", "'${' that is not followed")]
    [InlineData("${1A}", "'${' that is not followed")]
    [InlineData("${HOST-x}", "'${' that is not followed")]
    public void A_variable_that_cannot_be_filled_in_is_reported(string text, string expected)
    {
        Assert.False(EnvironmentText.TryExpand(text, Variables.GetValueOrDefault, out _, out var error));

        Assert.Contains(expected, error);
    }

    [Theory]
    [InlineData("user=me,password=${SECRET}", "me", "a,b: \"c\" ${HOST}")]
    [InlineData("user=${HOST},password=\"x,${UNSET:-y,z}\"", "example.org", "x,y,z")]
    [InlineData("${LOGIN}", "me", "secret")]
    [InlineData("${UNSET:-user=me,password=secret}", "me", "secret")]
    public void A_variable_in_parameters_stays_one_value(string text, string user, string password)
    {
        Assert.True(ParameterTemplate.TryExpand(text, Variables.GetValueOrDefault, out var parameters, out _));

        Assert.True(ParameterText.TryParse(parameters, out var parsed, out _));
        Assert.Equal(user, parsed["user"]);
        Assert.Equal(password, parsed["password"]);
    }
}

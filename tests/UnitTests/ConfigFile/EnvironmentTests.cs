using Skypunch.ConfigFile.Values;
using Skypunch.Contracts;

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
    public void What_cannot_be_filled_in_is_told(string text, string expected)
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

    [Theory]
    [InlineData("1", 1)]
    [InlineData("10s", 10)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3600)]
    [InlineData("1m30s", 90)]
    [InlineData("24h", 86400)]
    [InlineData("1h1m1s", 3661)]
    public void Durations_are_whole_seconds(string text, int seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));

        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData("1m0.25s", 60_250)]
    [InlineData("1s5ms", 1005)]
    public void Or_parts_of_them(string text, int milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("-5")]
    [InlineData("1.5m")]
    [InlineData("1.5")]
    [InlineData("1.0005s")]
    [InlineData("0ms")]
    [InlineData("10 s")]
    [InlineData("10S")]
    [InlineData("30s1m")]
    [InlineData("500MS")]
    [InlineData("10s\n")]
    [InlineData("99999999")]
    [InlineData("s")]
    public void Other_durations_are_not_understood(string text) => Assert.False(DurationText.TryParse(text, out _));
}

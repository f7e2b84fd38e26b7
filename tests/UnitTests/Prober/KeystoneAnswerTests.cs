using Skypunch.Contracts;
using Skypunch.Prober.Keystone;

namespace Skypunch.UnitTests.Prober;

public sealed class KeystoneAnswerTests
{
    private static readonly Uri Url = new("http://keystone.example/v3/auth/tokens");

    [Theory]
    [InlineData("""{"versions":{"values":[{"id":"v2.0"},{"id":"v3.14"}]}}""", "V3")]
    [InlineData("""{"versions":{"values":[{"id":"v2.0"}]}}""", "V2")]
    [InlineData("""{"version":{"id":"v2.0"}}""", "V2")]
    [InlineData("""{"versions":{"values":["v3"]}}""", "V3")]
    [InlineData("""{"versions":{"values":["v2.0",null,7,[],{"id":"v2.0"},{"id":2},{"id":null},{}]}}""", "V2")]
    [InlineData("""{"versions":{"values":{"id":"v2.0"}}}""", "V3")]
    [InlineData("""{"versions":["v2.0"]}""", "V3")]
    [InlineData("""{"version":{"id":"\ud800"}}""", "V3")]
    [InlineData("""{"\ud800":1,"version":{"id":"v2.0"}}""", "V2")]
    [InlineData("""["v2.0"]""", "V3")]
    [InlineData("null", "V3")]
    [InlineData("<html>", "V3")]
    [InlineData("", "V3")]
    public void The_newest_version_is_found_and_v3_is_tried_where_the_list_has_another_shape(string body, string version)
        => Assert.Equal(version, new KeystoneAnswer(Url, 300, null, body).NewestVersion().Version.ToString());

    // The link "self" is read as keystoneauth reads it. A link that would send the password unencrypted is corrected or ignored.
    [Theory]
    [InlineData("http://k.example/", "http://k.example/identity/v3/", "http://k.example/identity/v3/")]
    [InlineData("http://k.example/", "/identity/v3", "http://k.example/identity/v3")]
    [InlineData("http://k.example/", "https://k.example:5000/v3/", "https://k.example:5000/v3/")]
    [InlineData("https://k.example/", "https://other.example/v3/", "https://other.example/v3/")]
    [InlineData("https://k.example:13000/", "http://k.example:5000/v3/", "https://k.example:13000/v3/")]
    [InlineData("https://k.example/", "http://10.0.0.5:5000/v3/", null)]
    [InlineData("http://k.example/", "http://me:secret@k.example/v3/", null)]
    [InlineData("http://k.example/", "ftp://k.example/v3/", null)]
    [InlineData("http://k.example/", "http://", null)]
    public void The_list_of_versions_says_where_the_version_is(string at, string link, string? expected)
    {
        var body = $$$"""{"versions":{"values":[{"id":"v3.14","links":[{"rel":"describedby","href":"http://docs.example/"},{"rel":"self","href":"{{{link}}}"}]}]}}""";

        Assert.Equal(expected, new KeystoneAnswer(new Uri(at), 300, null, body).NewestVersion().Link?.AbsoluteUri);
    }

    [Theory]
    [InlineData("""{"token":{"expires_at":7}}""")]
    [InlineData("""{"token":{"expires_at":"soon"}}""")]
    [InlineData("""{"token":"expires_at"}""")]
    [InlineData("""{"token":{"expires_at":"\ud800"}}""")]
    [InlineData("""["token"]""")]
    [InlineData("7")]
    [InlineData("<html>")]
    public void A_login_whose_answer_has_another_shape_has_brought_no_token(string body)
    {
        var (token, failure) = new KeystoneAnswer(Url, 201, "t", body).Token(DateTimeOffset.UnixEpoch);

        Assert.Null(token);
        Assert.Equal(
            (ProbeReasons.AuthUnreachable, "Keystone at keystone.example answered 201 without a token"),
            (failure?.Reason, failure?.Words));
    }

    [Theory]
    [InlineData("""{"error":{"message":["No"]}}""")]
    [InlineData("""{"error":"No"}""")]
    [InlineData("""{"error":{"message":"\udc00"}}""")]
    public void A_refusal_whose_reason_has_another_shape_is_one_without_a_reason(string body)
    {
        var (_, failure) = new KeystoneAnswer(Url, 401, null, body).Token(DateTimeOffset.UnixEpoch);

        Assert.Equal((ProbeReasons.AuthRejected, "Keystone at keystone.example refused the login (401)"), (failure?.Reason, failure?.Words));
    }

    [Theory]
    [InlineData(4096, 4096 + 2)]
    [InlineData(4097, 0)]
    public void A_reason_that_is_too_long_is_left_out(int length, int shown)
    {
        var body = $$$"""{"error":{"message":"{{{new string('x', length)}}}"}}""";

        var (_, failure) = new KeystoneAnswer(Url, 401, null, body).Token(DateTimeOffset.UnixEpoch);

        Assert.Equal("Keystone at keystone.example refused the login (401)".Length + shown, failure?.Words.Length);
    }

    [Theory]
    [InlineData(3600, 3479, 3480)] // two minutes before the token ends
    [InlineData(180, 89, 90)] // half of the token's life
    [InlineData(30, 59, 60)]
    [InlineData(0, 59, 60)]
    [InlineData(-7200, 59, 60)] // Keystone's clock is behind the Prober's
    public void A_token_is_used_until_shortly_before_its_end_and_for_a_minute_at_least(int lifeSeconds, int freshAt, int staleAt)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var token = new KeystoneToken("t", start, start.AddSeconds(lifeSeconds));

        Assert.True(token.IsFresh(start.AddSeconds(freshAt)));
        Assert.False(token.IsFresh(start.AddSeconds(staleAt)));
    }
}

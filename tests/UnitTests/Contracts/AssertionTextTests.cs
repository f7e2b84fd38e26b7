using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class AssertionTextTests
{
    [Theory]
    [InlineData("BODY Contains a b  c", typeof(BodyContains))]
    [InlineData("json $ == {}", typeof(JsonEquals))]
    [InlineData("json $.a_b[0]['c.d'] == x == y", typeof(JsonEquals))]
    [InlineData("header ETag present", typeof(HeaderPresent))]
    [InlineData("json $.a==1", typeof(JsonEquals))]
    [InlineData("json $['a==b'] != \"x\"", typeof(JsonEquals), true)]
    [InlineData("json $ .a [ 'b' ] < -1.5e3", typeof(JsonCompares))]
    [InlineData("json $.a<=1", typeof(JsonCompares))]
    [InlineData("json $.a exists", typeof(JsonExists))]
    [InlineData("json $.a not exists", typeof(JsonExists), true)]
    [InlineData("json $['absent'] ABSENT", typeof(JsonExists), true)]
    [InlineData("json $.a length >= 2", typeof(JsonLength))]
    [InlineData("json $.length length==2", typeof(JsonLength))]
    [InlineData("json $.a matches ^v[0-9]", typeof(JsonMatches))]
    [InlineData("json $.a not matches ^v[0-9]", typeof(JsonMatches), true)]
    [InlineData("body not contains not", typeof(BodyContains), true)]
    [InlineData("body contains not contains", typeof(BodyContains))]
    [InlineData("Body Not Matches x", typeof(BodyMatches), true)]
    [InlineData("header X absent", typeof(HeaderPresent), true)]
    [InlineData("header X not present", typeof(HeaderPresent), true)]
    [InlineData("header X not matches y", typeof(HeaderMatches), true)]
    [InlineData("header not matches y", typeof(HeaderMatches))]
    [InlineData("header not present", typeof(HeaderPresent))]
    [InlineData("latency > 1s", typeof(Latency))]
    [InlineData("latency < 1.5s", typeof(Latency))]
    [InlineData("latency < 500 ms", typeof(Latency))]
    [InlineData("certificate > 14d", typeof(CertificateValidFor))]
    public void Each_form_is_read(string text, Type kind, bool isNegative = false)
    {
        Assert.True(AssertionText.TryParseOne(text, out var assertion, out var error), error);

        Assert.IsType(kind, assertion);
        Assert.Equal((text, isNegative), (assertion.Text, assertion.IsNegative));
    }

    [Theory]
    [InlineData("status == 200", 1, "there must be body, json, header, latency or certificate, as in 'body contains OK'")]
    [InlineData("body", 5, "there must be contains TEXT, not contains TEXT, matches REGEX or not matches REGEX")]
    [InlineData("body has x", 6, "there must be contains TEXT, ")]
    [InlineData("body not", 6, "there must be contains TEXT, ")]
    [InlineData("body contains", 14, "there must be a text")]
    [InlineData("body not matches", 17, "there must be a regular expression")]
    [InlineData("body matches x(a", 17, "the regular expression is not valid: Not enough )'s")]
    [InlineData("json state == up", 6, "there must be a path, which begins with $, as in $.services[0].state")]
    [InlineData("json $. == up", 8, "there must be a name; ")]
    [InlineData("json $[x] == up", 8, "there must be a name in quotes or an index")]
    [InlineData("json $['a] == up", 8, "begins a name whose end, another ', is missing")]
    [InlineData("json $.a[*] == up", 10, "selects several values; ")]
    [InlineData("json $.a-b == up", 9, "the path cannot go on; ")]
    [InlineData("json $.a", 9, "there must be ==, !=, <, <=, >, >=, exists, absent, length, matches or not matches")]
    [InlineData("json $.a = up", 10, "there must be ==, !=, <, <=, >, >=, exists, absent, length, matches or not matches")]
    [InlineData("json $.a not length > 1", 10, "there must be ==, ")]
    [InlineData("json $.a ==", 12, "there must be a value, as JSON writes it or a text")]
    [InlineData("json $.a < 1.2.3", 12, "there must be a number, as JSON writes it: < compares numbers only")]
    [InlineData("json $.a >= ", 13, "there must be a number, as JSON writes it: >= compares numbers only")]
    [InlineData("json $.a exists now", 17, "nothing more may stand")]
    [InlineData("json $.a length 3", 17, "there must be ==, !=, <, <=, > or >= and a number, as in 'json $.items length > 0'")]
    [InlineData("json $.a length > 1.5", 19, "there must be a whole number from 0, as in 'json $.items length > 0'")]
    [InlineData("json $.a matches", 17, "there must be a regular expression")]
    [InlineData("header", 7, "there must be the name of a header, without a colon, as in 'header ETag present'")]
    [InlineData("header X: present", 8, "there must be the name of a header, without a colon")]
    [InlineData("header present", 15, "there must be present, absent, matches REGEX or not matches REGEX")]
    [InlineData("header X contains y", 10, "there must be present, absent, matches REGEX or not matches REGEX")]
    [InlineData("header X present now", 18, "nothing more may stand")]
    [InlineData("latency == 1s", 9, "there must be < or >, as in 'latency < 500ms'")]
    [InlineData("latency < 500", 11, "there must be a time in ms or s, more than 0 and at most 300s, as in 500ms or 1.5s")]
    [InlineData("latency < 0s", 11, "there must be a time in ms or s")]
    [InlineData("latency > 6000s", 11, "there must be a time in ms or s")]
    [InlineData("latency < -1s", 11, "there must be a time in ms or s")]
    [InlineData("latency <", 10, "there must be a time in ms or s")]
    [InlineData("certificate < 14d", 13, "there must be >, as in 'certificate > 14d'")]
    [InlineData("certificate > 14", 15, "there must be a whole number of days, from 0d to 3650d, as in 14d")]
    [InlineData("certificate > 99999d", 15, "there must be a whole number of days")]
    public void A_malformed_assertion_is_reported_with_the_place_and_what_is_expected_there(string text, int column, string expected)
    {
        Assert.False(AssertionText.TryParseOne(text, out _, out var error));

        Assert.StartsWith($"has '{text}', but at column {column} {expected}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json $.a-b[0].7['c.d'] == x == y", "json ['a-b'] as it was written without quotes")]
    [InlineData("header X: present", "a header's name as a hand has written it")]
    public void An_assertion_that_an_earlier_version_has_stored_keeps_its_meaning(string text, string why)
    {
        Assert.True(AssertionText.TryParse(text, out var assertions, out _), why);
        Assert.False(AssertionText.TryParseOne(text, out _, out _), why);

        Assert.Equal(text, Assert.Single(assertions).Text);
    }

    [Fact]
    public void A_name_with_a_hyphen_in_a_row_is_the_same_as_the_one_in_quotes()
    {
        Assert.True(AssertionText.TryParse("json $.a-b == 1\njson $['a-b'] == 1", out var assertions, out _));

        using var document = System.Text.Json.JsonDocument.Parse("{\"a-b\":1}");
        Assert.All(assertions, assertion => Assert.Equal(1, ((JsonEquals)assertion).Path.Find(document.RootElement)?.GetInt32()));
    }

    [Theory]
    [InlineData('\ud83d')]
    [InlineData('\u0007')]
    public void Half_a_character_and_control_characters_are_refused(char character)
    {
        Assert.False(AssertionText.TryParseOne($"body contains {character}", out _, out var error));

        Assert.Equal("must be one line of at most 1024 characters each", error);
    }

    [Fact]
    public void Too_many_or_too_long_assertions_are_refused()
    {
        Assert.False(AssertionText.TryParse(string.Join('\n', Enumerable.Repeat("body contains x", 33)), out _, out var tooMany));
        Assert.False(AssertionText.TryParse($"body contains {new string('x', 1024)}", out _, out var tooLong));

        Assert.Equal(("must be 32 at the most", "must be one line of at most 1024 characters each"), (tooMany, tooLong));
    }

    [Fact]
    public void Empty_lines_and_windows_line_ends_do_no_harm()
    {
        Assert.True(AssertionText.TryParse("\r\n  body contains a \r\n\nlatency < 1s\n", out var assertions, out _));

        Assert.Equal(["body contains a", "latency < 1s"], assertions.Select(a => a.Text));
    }
}

using System.Text.Json;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class JsonPathTests
{
    [Theory]
    [InlineData("$", 1, "{\"a\":{\"b\":[1,2,3]}}")]
    [InlineData("$.a.b[-1]", 3, "{\"a\":{\"b\":[1,2,3]}}")]
    [InlineData("$ [ 'a' ] .b [ 0 ]", 1, "{\"a\":{\"b\":[1,2,3]}}")]
    [InlineData("$['a==b']", 5, "{\"a==b\":5}")]
    [InlineData("$['it\\'s \\u263A']", 5, "{\"it's ☺\":5}")]
    [InlineData("$[\"\\\"\\ud83d\\uDE00\\/\\n\"]", 5, "{\"\\\"😀/\\n\":5}")]
    [InlineData("$.😀_1", 5, "{\"😀_1\":5}")]
    [InlineData("$[9007199254740991]", null, "[1]")]
    [InlineData("$[-9007199254740991]", null, "[1]")]
    [InlineData("$.a[0]", null, "{\"a\":{\"0\":1}}")]
    public void A_path_finds_its_value(string text, int? expected, string document)
    {
        Assert.True(JsonPath.TryParse(text, out var path, out var error), error);

        using var json = JsonDocument.Parse(document);
        var found = path.Find(json.RootElement);
        Assert.Equal(expected, text == "$" ? 1 : found?.GetInt32());
    }

    [Theory]
    [InlineData("a.b", "at column 1 there must be a path, which begins with $")]
    [InlineData("$.", "at column 3 there must be a name; ")]
    [InlineData("$. a", "at column 3 there must be a name; ")]
    [InlineData("$.1", "at column 3 there must be a name; a name of other characters than letters, digits and _, or with a digit first, is written in quotes")]
    [InlineData("$.a-b", "at column 4 the path cannot go on; .name, ['name'], [index] or a blank and an operator may stand there; a name of other")]
    [InlineData("$..a", "at column 2 selects several values; ")]
    [InlineData("$.a.*", "at column 4 selects several values; ")]
    [InlineData("$[*]", "at column 3 selects several values; ")]
    [InlineData("$[?@.a]", "at column 3 selects several values; ")]
    [InlineData("$['a','b']", "at column 6 selects several values; ")]
    [InlineData("$[1:2]", "at column 4 selects several values; ")]
    [InlineData("$[a]", "at column 3 there must be a name in quotes or an index, as in ['name'] or [0] or [-1]")]
    [InlineData("$[1", "at column 4 there must be ], which ends the name or index")]
    [InlineData("$['a", "at column 3 begins a name whose end, another ', is missing")]
    [InlineData("$['\\a']", "at column 4 there must be an escape: \\ before one of b f n r t / \\ ', or \\uXXXX")]
    [InlineData("$['\\\"']", "at column 4 there must be an escape")]
    [InlineData("$['\\u12g4']", "at column 4 there must be \\u with four hexadecimal digits")]
    [InlineData("$['\\ud83d']", "at column 4 there is half a character; ")]
    [InlineData("$['\\ude00\\ud83d']", "at column 4 there is half a character; ")]
    [InlineData("$['\t']", "at column 4 there is a control character or half a character; ")]
    [InlineData("$[01]", "at column 3 there must be an index: 0, or digits without a zero first")]
    [InlineData("$[-0]", "at column 3 there must be an index: 0, or digits")]
    [InlineData("$[-]", "at column 3 there must be an index: 0, or digits")]
    [InlineData("$[9007199254740992]", "at column 3 there must be an index from -9007199254740991 to 9007199254740991")]
    [InlineData("$[-99999999999999999999]", "at column 3 there must be an index from -9007199254740991 to 9007199254740991")]
    public void A_malformed_path_is_reported_with_the_place_and_what_is_expected_there(string text, string expected)
    {
        Assert.False(JsonPath.TryParse(text, out _, out var error));

        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.a.#", "at column 5 there must be a name; ")]
    [InlineData("$['a#']", "at column 5 there is a control character or half a character; ")]
    public void Half_of_a_surrogate_pair_is_refused(string text, string expected)
    {
        Assert.False(JsonPath.TryParse(text.Replace('#', '\ud83d'), out _, out var error));

        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }
}

using Skypunch.Contracts.Filters;

namespace Skypunch.UnitTests.Contracts;

public sealed class FilterTextTests
{
    private static readonly FilterFacts Shop = new()
    {
        Id = 7,
        Name = "Shop API",
        Url = "https://shop.example.org/health?a=b",
        Description = "Ask the \"web\" team.",
        Method = "GET",
        Authn = "BASIC",
        Status = "FAIL",
        Reason = "status_mismatch",
        Enabled = true,
        Group = "prod/shop/api",
        Frequency = 60,
        Labels = new Dictionary<string, string> { ["team"] = "Payments", ["app.kubernetes.io/name"] = "shop", ["empty"] = "" },
    };

    [Theory]
    [InlineData("status = FAIL AND labels.team = Payments AND name : shop")]
    [InlineData("status=fail and labels.team==Payments And name:SHOP")]
    [InlineData("name = 'Shop API'")]
    [InlineData("name = \"Shop API\"")]
    [InlineData("description : \"the \\\"WEB\\\" team\"")]
    [InlineData("description : 'the \"web\" team'")]
    [InlineData("url = https://shop.example.org/health?a=b")]
    [InlineData("(name : shop)")]
    [InlineData("((name : shop)AND(NOT id=8))")]
    [InlineData("status = PASS OR status = FAIL OR status = NEW")]
    [InlineData("status = PASS OR (status = FAIL AND enabled = true)")]
    [InlineData("NOT status = PASS")]
    [InlineData("NOT NOT status != PASS")]
    [InlineData("NOT (status = PASS OR id > 7)")]
    [InlineData("reason : mismatch AND reason = status_mismatch AND reason : *")]
    [InlineData("group = prod/shop/api AND group : prod AND group : prod/shop AND group : prod/shop/api/ AND group : *")]
    [InlineData("labels : team AND labels.team : pay AND labels.team : * AND labels.TEAM : PAY")]
    [InlineData("labels.app.kubernetes.io/name = shop")]
    [InlineData("labels.empty = \"\" AND labels.empty : ''")]
    [InlineData("labels.other != x AND labels.team != payments")]
    [InlineData("method = get AND method != POST AND authn = basic AND authn != NONE")]
    [InlineData("id = 7 AND id >= 7 AND id <= 7 AND id > 6 AND id < 8 AND id != 6")]
    [InlineData("frequency = 60 AND frequency = 1m AND frequency < 1h AND frequency >= 60s")]
    public void It_holds(string text) => Assert.True(Read(text).Holds(Shop));

    [Theory]
    [InlineData("name = shop")]
    [InlineData("name = 'shop api'")]
    [InlineData("description : *", true)]
    [InlineData("NOT enabled = true")]
    [InlineData("enabled = false")]
    [InlineData("group : pro")]
    [InlineData("group : Prod")]
    [InlineData("group = prod")]
    [InlineData("group = ''")]
    [InlineData("labels.team = payments")]
    [InlineData("labels.team = ''")]
    [InlineData("labels : other")]
    [InlineData("labels.other : *")]
    [InlineData("labels.other : ''")]
    [InlineData("labels.other = ''")]
    [InlineData("id < 7")]
    [InlineData("name : '*'")]
    public void It_does_not_hold(string text, bool withoutDescription = false)
        => Assert.False(Read(text).Holds(withoutDescription ? Shop with { Description = "" } : Shop));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void A_blank_text_is_no_filter(string text)
    {
        Assert.True(FilterText.TryParse(text, out var filter, out _));

        Assert.Null(filter);
    }

    [Theory]
    [InlineData("shop", 1, "'shop' is no field; the field names are name, url")]
    [InlineData("status = FAIL AND team = payments", 19, "'team' is no field; the field names are name, url, description, status, reason, enabled, group, labels.KEY, labels, method, authn, frequency, id")]
    [InlineData("status", 7, "status takes = or !=")]
    [InlineData("status : FAIL", 8, "status takes = or !=")]
    [InlineData("labels = team", 8, "labels takes :")]
    [InlineData("name < a", 6, "name takes =, != or :")]
    [InlineData("name ~ a", 6, "name takes =, != or :")]
    [InlineData("id : 3", 4, "id takes =, !=, <, <=, > or >=")]
    [InlineData("status = DOWN", 10, "status is NEW, PASS or FAIL")]
    [InlineData("authn = LDAP", 9, "authn is NONE, BASIC, OPENSTACK, OAUTH2 or DIGEST")]
    [InlineData("enabled = yes", 11, "enabled is true or false")]
    [InlineData("id = x", 6, "id is a whole number")]
    [InlineData("id = -1", 6, "id is a whole number")]
    [InlineData("frequency < 1.5s", 13, "frequency is a time in whole seconds, such as 30s, 5m or 1h")]
    [InlineData("frequency < soon", 13, "frequency is a time in whole seconds")]
    [InlineData("group : ''", 9, "a group is missing; 'group : *' finds what is in any, 'group = \"\"' what is in none")]
    [InlineData("labels.-x = 1", 1, "'-x' is no key of a label: it must be 1 to 63 lower-case letters")]
    [InlineData("labels. = 1", 1, "'' is no key of a label")]
    [InlineData("labels : Team", 10, "'Team' is no key of a label")]
    [InlineData("name = shop*", 8, "'*' stands for no other characters; 'name : TEXT' finds a part, and in quotes '*' is a character")]
    [InlineData("name =", 7, "a value is missing; a text with blanks or brackets stands in quotes")]
    [InlineData("name = (x)", 8, "a value is missing")]
    [InlineData("name = \"shop", 8, "a text begins with \", and the \" at its end is missing")]
    [InlineData("name = shop api", 13, "AND or OR is missing; a value with blanks stands in quotes")]
    [InlineData("(name = shop api)", 14, "AND, OR or ')' is missing; a value with blanks stands in quotes")]
    [InlineData("(name = shop", 1, "the bracket that begins here has no end")]
    [InlineData("name = shop)", 12, "AND or OR is missing")]
    [InlineData("name = shop AND", 16, "a comparison is missing, such as name : shop; the field names are name, url")]
    [InlineData("AND name = shop", 1, "a comparison is missing")]
    [InlineData("name = shop AND OR id = 1", 17, "a comparison is missing")]
    [InlineData("NOT", 4, "a comparison is missing")]
    [InlineData("()", 2, "a comparison is missing")]
    [InlineData("id = 1 AND id = 2 OR id = 3", 19, "OR comes after AND, which can be meant in two ways; put brackets around what belongs together")]
    [InlineData("id = 1 OR id = 2 AND id = 3", 18, "AND comes after OR")]
    public void What_cannot_be_right_is_refused_with_its_place(string text, int at, string words)
    {
        Assert.False(FilterText.TryParse(text, out var filter, out var error));

        Assert.Null(filter);
        Assert.StartsWith($"at character {at}: {words}", error);
    }

    [Fact]
    public void Its_length_its_depth_and_its_comparisons_are_bounded()
    {
        Assert.True(FilterText.TryParse($"{Repeat("(", FilterText.Deepest)}id = 1{Repeat(")", FilterText.Deepest)}", out _, out _));
        Assert.True(FilterText.TryParse(string.Join(" OR ", Enumerable.Repeat("id = 1", FilterText.MostComparisons)), out _, out _));

        Assert.Equal("at character 12: brackets and NOT are nested more than 10 deep", ErrorOf($"{Repeat("(", 11)}id = 1{Repeat(")", 11)}"));
        Assert.Equal("at character 45: brackets and NOT are nested more than 10 deep", ErrorOf($"{Repeat("NOT ", 500)}"));
        Assert.Equal("at character 321: there are more than 32 comparisons", ErrorOf(string.Join(" OR ", Enumerable.Repeat("id = 1", 33))));
        Assert.Equal("must have at most 2000 characters", ErrorOf($"name = {Repeat("x", 2000)}"));

        static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
    }

    [Theory]
    [InlineData("ÄÖÜ straße", "äöü straße")]
    [InlineData("İstanbul ИЯ ΣΑΣ", "istanbul ия σασ")]
    [InlineData("plain", "plain")]
    public void Letters_are_folded_one_by_one(string text, string folded) => Assert.Equal(folded, FoldedText.Of(text));

    private static Filter Read(string text)
    {
        Assert.True(FilterText.TryParse(text, out var filter, out var error), error);
        return filter!;
    }

    private static string? ErrorOf(string text) => FilterText.TryParse(text, out _, out var error) ? null : error;
}

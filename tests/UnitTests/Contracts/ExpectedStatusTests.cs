using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class ExpectedStatusTests
{
    [Theory]
    [InlineData("200", 200, true)]
    [InlineData("200", 201, false)]
    [InlineData("200-299,304", 299, true)]
    [InlineData("200-299, 304", 304, true)]
    [InlineData("200-299,304", 303, false)]
    [InlineData("999", 999, true)]
    [InlineData("600-799", 700, true)]
    public void Accepts_codes_and_ranges(string text, int status, bool accepted)
    {
        Assert.True(ExpectedStatus.TryParse(text, out var expected));

        Assert.Equal(accepted, expected.Accepts(status));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("99")]
    [InlineData("1000")]
    [InlineData("099")]
    [InlineData("299-200")]
    [InlineData("200,")]
    [InlineData("-200")]
    public void Refuses_what_is_no_status(string? text) => Assert.False(ExpectedStatus.TryParse(text, out _));
}

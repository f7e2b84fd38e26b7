using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("100", "1e2", 0)]
    [InlineData("0.001", "1E-3", 0)]
    [InlineData("-0", "0.0e99999999999999999999", 0)]
    [InlineData("12.50", "1.25e+1", 0)]
    [InlineData("1e99999999999", "2", 1)]
    [InlineData("1e-99999999999", "0", 1)]
    [InlineData("1e-99999999999", "1e-99", -1)]
    [InlineData("-1e99999999999999999999999", "1", -1)]
    [InlineData("-2", "-10", 1)]
    [InlineData("9", "10", -1)]
    [InlineData("0.1", "0.09999", 1)]
    [InlineData("12345678901234567890123", "12345678901234567890124", -1)]
    [InlineData("0.12", "0.123", -1)]
    public void Numbers_are_compared_by_their_value(string one, string other, int expected)
    {
        Assert.Equal(expected, Math.Sign(JsonNumber.Of(one).CompareTo(JsonNumber.Of(other))));
        Assert.Equal(-expected, Math.Sign(JsonNumber.Of(other).CompareTo(JsonNumber.Of(one))));
    }
}

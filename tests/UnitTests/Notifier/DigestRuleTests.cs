using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier;

public sealed class DigestRuleTests
{
    private static readonly Guid One = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Two = new("00000000-0000-0000-0000-000000000002");

    [Fact]
    public void The_id_follows_from_the_set_whatever_its_order()
    {
        var id = DigestRule.IdOf(7, [One, Two]);

        Assert.Equal(id, DigestRule.IdOf(7, [Two, One]));
        Assert.NotEqual(id, DigestRule.IdOf(8, [One, Two]));
        Assert.NotEqual(id, DigestRule.IdOf(7, [One]));
        Assert.Equal(8, id.Version);
    }

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(12, 10, 12)]
    [InlineData(500, 10, 500)]
    [InlineData(501, 10, 500)]
    [InlineData(3, DigestRule.MostText / 2, 2)]
    [InlineData(3, DigestRule.MostText, 1)]
    [InlineData(3, DigestRule.MostText + 1, 0)]
    [InlineData(3, int.MaxValue, 0)]
    public void A_digest_has_as_many_changes_as_fit(int count, int length, int expected)
        => Assert.Equal(expected, DigestRule.Fitting([.. Enumerable.Repeat(length, count)]));
}

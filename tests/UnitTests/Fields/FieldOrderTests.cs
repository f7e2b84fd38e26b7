using Skypunch.ConfigFile.Fields;

namespace Skypunch.UnitTests.Fields;

public sealed class FieldOrderTests
{
    [Fact]
    public void A_field_that_an_order_does_not_name_stands_behind_the_one_before_it()
    {
        List<string> order = [.. TargetFields.InOrder("enabled timeout name").Select(field => field.Name)];

        Assert.Equal(TargetFields.All.Select(field => field.Name).Order(), order.Order());
        Assert.Equal("enabled", order[0]);
        Assert.Equal(order.IndexOf("timeout") + 1, order.IndexOf("failure_threshold"));
        Assert.Equal(order.IndexOf("name") + 1, order.IndexOf("url"));
        Assert.True(order.IndexOf("frequency") > order.IndexOf("url"));
    }
}

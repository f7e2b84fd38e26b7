using Microsoft.EntityFrameworkCore.Metadata;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Notifier;

public sealed class NotifierColumnsTests
{
    [Fact]
    public void All_that_the_rules_let_through_fits_its_column_in_mysql()
    {
        using var db = new MySqlNotifierDbDesign().CreateDbContext([]);
        var table = db.Model.FindEntityType(typeof(StoredNotifier))!;
        var longest = new SecretBox(new byte[SecretKeys.Bytes]).Seal(SecretPlace.InRow(SecretPurpose.Notifiers, "params", 1), new string('\u20ac', StoredNotifier.LongestParams));

        Assert.True(Room(table, "Name") >= StoredNotifier.LongestName);
        Assert.True(Room(table, "Address") >= StoredNotifier.LongestAddress);
        Assert.True(Room(table, "Params") >= longest.Length, $"{longest.Length} characters sealed");
    }

    // A longtext has no limit.
    private static int Room(IEntityType table, string property) => table.FindProperty(property)!.GetMaxLength() ?? int.MaxValue;
}

using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Model;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Notifier;

/// <summary>Notifiers that an operator has inserted with SQL, as in 2013.</summary>
public sealed class HandWrittenRowTests
{
    [Theory]
    [InlineData("server=mx,colour=red", "ops@example.org", "its params has an unknown key in part 2")]
    [InlineData("server=mx", "nobody", "its address has 'nobody', which is not a mail address")]
    [InlineData("", "ops@example.org", "its params must have server=HOST")]
    public async Task A_row_written_by_hand_that_cannot_work_is_set_aside_with_the_reason(string parameters, string address, string reason)
    {
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(parameters, address);
        await store.AnnounceAsync(AChange.Failure());

        Assert.True(await store.RunAsync(id));

        var delivery = await store.DeliveryAsync();
        Assert.Equal((DeliveryState.Pending, 0, null), (delivery.State, delivery.Attempts, delivery.ClaimedUntil));
        Assert.Contains(reason, delivery.LastError);
    }

    [Fact]
    public async Task Parameters_written_by_hand_in_plain_are_sealed_when_first_used_and_work_on()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        await store.WithDbAsync(db => db.Database.ExecuteSqlAsync($"INSERT INTO notifiers (name, address) VALUES ('ops', 'ops@example.org')"));
        await store.WithDbAsync(db => db.Notifiers.ExecuteUpdateAsync(set => set.SetProperty(n => n.Params, smtp.Params)));
        await store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));

        await store.RunAsync(1);

        Assert.Equal(2, smtp.TakeAll().Count);
        var row = await store.NotifierAsync(1);
        Assert.True(SecretBox.IsSealed(row.Params!));
        Assert.Equal(("SMTP", true, 2), (row.Type, row.Enabled, row.PassCount));
    }
}

using Microsoft.Extensions.DependencyInjection;
using Skypunch.Notifier.Model;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.Secrets;

namespace Skypunch.UnitTests.Notifier;

/// <summary>A notifier's sealed parameters that were copied to another row, and parameters that an earlier release has sealed.</summary>
public sealed class CopiedParametersTests
{
    [Fact]
    public async Task Sealed_parameters_that_were_copied_to_another_notifier_are_not_opened_and_its_messages_are_set_aside()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var victim = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure(1));
        await store.RunAsync(victim); // seals the plain text that was written in SQL
        var thief = await store.AddNotifierAsync("server=127.0.0.1");
        store.Execute($"UPDATE notifiers SET params = (SELECT params FROM notifiers WHERE id = {victim}) WHERE id = {thief}");
        await store.AnnounceAsync(AChange.Failure(2));
        smtp.TakeAll();

        await store.RunAsync(thief);

        Assert.Empty(smtp.TakeAll());
        var delivery = Assert.Single(await store.DeliveriesAsync(), d => d.NotifierId == thief);
        Assert.Equal(DeliveryState.Pending, delivery.State);
        Assert.Contains("sealed with another key or for another notifier", delivery.LastError);
    }

    [Fact]
    public async Task Parameters_of_an_earlier_release_are_used_and_sealed_again()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(OldSeal.Seal(store.Key, OldSeal.Notifiers, smtp.Params));
        await store.AnnounceAsync(AChange.Failure(1));

        await store.RunAsync(id);

        Assert.Single(smtp.TakeAll());
        var stored = (await store.NotifierAsync(id)).Params!;
        Assert.Equal(smtp.Params, store.Services.GetRequiredService<SecretBox>().Open(SecretPlace.InRow(SecretPurpose.Notifiers, "params", id), stored));
        Assert.True(SecretBox.IsOfToday(stored));
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>What becomes of the secrets in a table when the key is changed.</summary>
public sealed class ResealerTests
{
    private const string Plain = "user=me,password=s3cr3t";

    [Fact]
    public async Task What_the_old_key_sealed_opens_with_the_new_one_alone_and_all_else_is_left_as_it_was()
    {
        using var store = new SchedulerStore();
        var (oldKey, newKey) = (RandomNumberGenerator.GetBytes(SecretBox.KeyBytes), RandomNumberGenerator.GetBytes(SecretBox.KeyBytes));
        var lost = store.Secrets.Seal(SecretBox.TargetPurpose, Plain);
        var current = new SecretBox(newKey).Seal(SecretBox.TargetPurpose, Plain);
        var old = await store.AddAsync("old", authnParms: new SecretBox(oldKey).Seal(SecretBox.TargetPurpose, Plain));
        var others = new Dictionary<long, string?>
        {
            [await store.AddAsync("current", authnParms: current)] = current,
            [await store.AddAsync("lost", authnParms: lost)] = lost,
            [await store.AddAsync("by hand", authnParms: Plain)] = Plain,
            [await store.AddAsync("none")] = null,
        };
        using var resealer = new Resealer<SchedulerDb, Target>(
            SecretBox.TargetPurpose, null!, new SecretBox(newKey, oldKey), new BusGate(), store.Clock, NullLogger<Resealer<SchedulerDb, Target>>.Instance);

        await using (var db = store.Open())
        {
            await resealer.ResealAsync(db, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Plain, new SecretBox(newKey).Open(SecretBox.TargetPurpose, (await store.ReadAsync(old)).AuthnParms!));
        foreach (var (id, parms) in others)
        {
            Assert.Equal(parms, (await store.ReadAsync(id)).AuthnParms);
        }
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.Secrets;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>What happens to the secrets in a table when the key is changed, and to secrets that an earlier release has sealed.</summary>
public sealed class ResealerTests : IDisposable
{
    private const string Plain = "user=me,password=s3cr3t";

    private readonly SchedulerStore _store = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SecretKeys.Bytes);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task What_the_old_key_sealed_opens_with_the_new_one_alone_and_all_else_is_left_as_it_was()
    {
        var oldKey = RandomNumberGenerator.GetBytes(SecretKeys.Bytes);
        var old = await AddAsync("old", id => new SecretBox(oldKey).Seal(PlaceOf(id), Plain));
        var older = await AddAsync("older", _ => OldSeal.Seal(oldKey, OldSeal.Targets, Plain));
        long[] others =
        [
            await AddAsync("current", id => new SecretBox(_key).Seal(PlaceOf(id), Plain)),
            await AddAsync("lost", id => _store.Secrets.Seal(PlaceOf(id), Plain)),
            await AddAsync("copied", id => new SecretBox(oldKey).Seal(PlaceOf(id + 1), Plain)),
            await AddAsync("by hand", _ => Plain),
            await _store.AddAsync("none"),
        ];
        var before = await Task.WhenAll(others.Select(ReadAsync));

        await ResealAsync(new SecretBox(_key, oldKey));

        Assert.Equal(Plain, new SecretBox(_key).Open(PlaceOf(old), (await ReadAsync(old))!));
        Assert.Equal(Plain, new SecretBox(_key).Open(PlaceOf(older), (await ReadAsync(older))!));
        Assert.Equal(before, await Task.WhenAll(others.Select(ReadAsync)));
    }

    [Fact]
    public async Task Texts_of_an_earlier_release_are_sealed_for_their_row_and_column_in_all_columns_and_many_rows()
    {
        var ids = new List<long>();
        for (var i = 0; i < 501; i++)
        {
            ids.Add(await _store.AddAsync(new Target
            {
                Name = $"t{i}",
                Url = "http://127.0.0.1/",
                Enabled = false,
                AuthnParms = i % 100 == 0 ? OldSeal.Seal(_key, OldSeal.Targets, $"user=u{i},password=p") : null,
                Body = OldSeal.Seal(_key, OldSeal.Targets, $"body {i}"),
            }));
        }

        var box = new SecretBox(_key);
        Assert.Equal(507, await ResealAsync(box));

        var last = await _store.ReadAsync(ids[500]);
        Assert.Equal("user=u500,password=p", box.Open(TargetSecrets.PlaceOf(last.Id, SecretNames.Authn), last.AuthnParms!));
        Assert.Equal("body 500", box.Open(TargetSecrets.PlaceOf(last.Id, SecretNames.Body), last.Body!));
        Assert.Equal(0, await ResealAsync(box));
    }

    [Fact]
    public async Task A_service_with_keys_of_its_own_leaves_what_it_cannot_open()
    {
        var old = OldSeal.Seal(_key, OldSeal.Targets, Plain);
        var id = await AddAsync("old", _ => old);
        Assert.True(SecretKeys.TryParse($"targets:{Convert.ToBase64String(_key)}", out var own));

        Assert.Equal(0, await ResealAsync(new SecretBox(own)));

        Assert.Equal(old, await ReadAsync(id));
    }

    private static SecretPlace PlaceOf(long id) => TargetSecrets.PlaceOf(id, SecretNames.Authn);

    private async Task<long> AddAsync(string name, Func<long, string> parameters)
    {
        var id = await _store.AddAsync(name);
        await using var db = _store.Open();
        (await db.Targets.FindAsync([id], TestContext.Current.CancellationToken))!.AuthnParms = parameters(id);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return id;
    }

    private async Task<string?> ReadAsync(long id) => (await _store.ReadAsync(id)).AuthnParms;

    private async Task<int> ResealAsync(SecretBox box)
    {
        using var resealer = new Resealer<SchedulerDb, Target>(
            SecretPurpose.Targets, SecretNames.All, null!, box, new BusGate(), _store.Clock, NullLogger<Resealer<SchedulerDb, Target>>.Instance);
        await using var db = _store.Open();
        return await resealer.ResealAsync(db, TestContext.Current.CancellationToken);
    }
}

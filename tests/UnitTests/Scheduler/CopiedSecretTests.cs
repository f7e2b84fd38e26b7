using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.Prober;
using Skypunch.UnitTests.Secrets;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>
/// Somebody with write access to the tables copies a sealed password to a place from which its plain text would be sent to his server.
/// </summary>
public sealed class CopiedSecretTests : IDisposable
{
    private const string Plain = "user=me,password=s3cr3t";

    private readonly SchedulerStore _store = new();

    public void Dispose() => _store.Dispose();

    public static TheoryData<string> Copies =>
    [
        "UPDATE targets SET body = (SELECT authn_parms FROM targets WHERE id = 1), method = 'POST' WHERE id = 1",
        "UPDATE targets SET body = (SELECT authn_parms FROM targets WHERE id = 1), method = 'POST' WHERE id = 2",
        "UPDATE targets SET headers = (SELECT authn_parms FROM targets WHERE id = 1) WHERE id = 2",
        "UPDATE targets SET tls_parms = (SELECT authn_parms FROM targets WHERE id = 1) WHERE id = 2",
        "UPDATE targets SET authn = 'BASIC', authn_parms = (SELECT authn_parms FROM targets WHERE id = 1) WHERE id = 2",
    ];

    [Theory]
    [MemberData(nameof(Copies))]
    public async Task A_sealed_password_in_another_column_or_row_is_not_opened_and_the_probe_fails_as_ours(string copy)
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await AddTwoAsync(server.Url);
        await _store.ClaimAsync(); // seals the plain text that was written in SQL
        await ExecuteAsync(copy);
        await ExecuteAsync("UPDATE targets SET next_probe_at = NULL, in_flight_until = NULL");

        var jobs = (await _store.ClaimAsync()).Select(claimed => claimed.Job).ToList();

        Assert.Equal(2, jobs.Count);
        var broken = Assert.Single(jobs, job => SealedOf(job).Contains(SecretBox.Unopened));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => AProbe.RunAsync(broken));
        Assert.Equal(0, server.Connections);
        foreach (var job in jobs.Where(job => job != broken))
        {
            Assert.True((await AProbe.RunAsync(job)).Passed);
        }
    }

    [Fact]
    public async Task A_sealed_text_of_a_job_is_not_opened_for_another_URL_target_or_secret()
    {
        await AddTwoAsync("http://127.0.0.1:9/");
        var job = (await _store.ClaimAsync())[0].Job;

        ProbeJob[] forged =
        [
            job with { Url = "http://127.0.0.1:9/thief" },
            job with { TargetId = 2 },
            job with { Slot = job.Slot.AddSeconds(1) },
            job with { Authn = "NONE", SealedAuthnParameters = null, SealedBody = job.SealedAuthnParameters, Method = "POST" },
        ];

        foreach (var forgery in forged)
        {
            await Assert.ThrowsAnyAsync<CryptographicException>(() => AProbe.RunAsync(forgery));
        }
    }

    [Fact]
    public async Task A_text_of_an_earlier_release_is_used_and_the_claim_seals_it_again()
    {
        var id = await _store.AddAsync("old", authnParms: OldSeal.Seal(new byte[SecretKeys.Bytes], OldSeal.Targets, Plain));

        var job = Assert.Single(await _store.ClaimAsync()).Job;

        Assert.Equal(Plain, _store.Secrets.Open(SecretPlace.InJob(SecretNames.Authn, id, job.Slot, job.Url), job.SealedAuthnParameters!));
        var stored = (await _store.ReadAsync(id)).AuthnParms!;
        Assert.True(SecretBox.IsOfToday(stored));
        Assert.Equal(Plain, _store.Secrets.Open(TargetSecrets.PlaceOf(id, SecretNames.Authn), stored));
    }

    [Fact]
    public async Task A_text_that_does_not_open_stays_as_it_is_so_that_the_right_key_can_still_open_it()
    {
        var foreign = OldSeal.Seal(RandomNumberGenerator.GetBytes(SecretKeys.Bytes), OldSeal.Targets, Plain);
        var id = await _store.AddAsync("lost", authnParms: foreign);

        var job = Assert.Single(await _store.ClaimAsync()).Job;

        Assert.Equal(SecretBox.Unopened, job.SealedAuthnParameters);
        Assert.Equal(foreign, (await _store.ReadAsync(id)).AuthnParms);
    }

    private static string?[] SealedOf(ProbeJob job) => [job.SealedAuthnParameters, job.SealedHeaders, job.SealedBody, job.SealedTlsParameters];

    private async Task AddTwoAsync(string url)
    {
        await _store.AddAsync(new Target { Name = "victim", Url = url, Authn = "BASIC", AuthnParms = Plain, Frequency = 60 });
        await _store.AddAsync(new Target { Name = "thief", Url = url, Frequency = 60 });
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _store.Open();
        await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }
}

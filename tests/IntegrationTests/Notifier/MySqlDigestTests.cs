using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.TestBed;
using Skypunch.UnitTests.Notifier;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>Digests on a real MySQL.</summary>
public sealed class MySqlDigestTests(MySqlServer mySql) : IAsyncLifetime
{
    private readonly LoopbackSmtp _smtp = new();
    private NotifierOnMySql _notifier = null!;
    private string _connection = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await mySql.CreateDatabaseAsync();
        _notifier = await NotifierOnMySql.CreateAsync(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _notifier.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    [Fact]
    public async Task A_digest_of_five_hundred_takes_as_many_statements_as_one_of_eleven()
    {
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync(AChange.Failure(9999));
        await _notifier.RunAsync(1); // seals the parameters
        using var statements = new StatementCount(_notifier.Database);
        var target = 1;
        await Eventually.HoldsAsync(async () => await CountAsync(11, first: target += 11) > 0, "EF reports its statements to the counter");
        var ofEleven = await CountAsync(11, first: target += 11); // the first count may have begun in the middle
        _smtp.TakeAll();
        var ofFiveHundred = await CountAsync(500, first: 10_000);

        Assert.Equal(ofEleven, ofFiveHundred);
        Assert.InRange(ofFiveHundred, 5, 7);
        Assert.Equal("500", Assert.Single(_smtp.TakeAll()).Message.Headers["X-Skypunch-Changes"]);

        async Task<int> CountAsync(int due, int first)
        {
            await _notifier.AnnounceAsync([.. Enumerable.Range(first, due).Select(i => AChange.Failure(i))]);
            var before = statements.Count;
            await _notifier.RunAsync(1);
            return statements.Count - before;
        }
    }

    [Fact]
    public async Task Senders_side_by_side_tell_each_change_once_and_those_of_a_target_in_order()
    {
        const int Targets = 700;
        await using var other = await NotifierOnMySql.CreateAsync(_connection);
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync([.. Enumerable.Range(1, Targets).Select(i => AChange.Failure(i))]);
        await _notifier.AnnounceAsync([.. Enumerable.Range(1, Targets).Select(i => AChange.Recovery(i))]);

        await Eventually.HoldsAsync(
            async () =>
            {
                await Task.WhenAll(_notifier.RunAsync(1), other.RunAsync(1), _notifier.RunAsync(1), other.RunAsync(1));
                return (await _notifier.DeliveriesAsync()).All(delivery => delivery.State is DeliveryState.Sent);
            },
            "all are sent");

        var deliveries = await _notifier.DeliveriesAsync();
        Assert.All(deliveries, delivery => Assert.Equal(1, delivery.Attempts));
        var told = _smtp.TakeAll().Sum(mail => int.Parse(mail.Message.Headers["X-Skypunch-Changes"] ?? "1", CultureInfo.InvariantCulture));
        Assert.Equal(2 * Targets, told);
        Assert.All(deliveries.GroupBy(delivery => delivery.TargetId), target => Assert.Equal(target.Select(delivery => delivery.Id), target.OrderBy(delivery => delivery.SentAt).Select(delivery => delivery.Id)));
    }

    [Fact]
    public async Task A_digest_whose_sender_was_killed_is_sent_by_another_as_it_was()
    {
        await using var other = await NotifierOnMySql.CreateAsync(_connection);
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync([.. Enumerable.Range(1, 30).Select(i => AChange.Failure(i))]);
        var killed = await _notifier.WithAsync((DueDeliveries due) => due.ClaimNextAsync(1, Cancellation));
        await _notifier.AnnounceAsync([.. Enumerable.Range(100, 20).Select(i => AChange.Failure(i))]);
        await _notifier.WithAsync((NotifierDb db) => db.Database.ExecuteSqlRawAsync("UPDATE deliveries SET claimed_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE claimed_by IS NOT NULL", Cancellation));

        await Eventually.HoldsAsync(
            async () =>
            {
                await other.Services.GetRequiredService<LeaseKeeper>().RenewAsync(Cancellation); // in its first seconds it takes no claim for ended
                await other.RunAsync(1);
                return (await other.DeliveriesAsync()).All(delivery => delivery.State is DeliveryState.Sent);
            },
            "all are sent");

        var mails = _smtp.TakeAll();
        Assert.Equal(["20", "30"], mails.Select(mail => mail.Message.Headers["X-Skypunch-Changes"]).Order());
        Assert.Contains(mails, mail => mail.Message.MessageId == $"digest.{killed!.DigestId:N}@skypunch" && mail.Message.Headers["X-Skypunch-Changes"] == "30");
    }

    [Fact]
    public async Task A_digest_that_is_tried_again_waits_for_a_row_that_is_locked_and_stays_whole()
    {
        var digest = await ADigestThatIsDueAgainAsync(changes: 12);
        await using var other = await NotifierOnMySql.CreateAsync(_connection);
        await using var scope = other.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
        await using var counting = await db.Database.BeginLockingAsync(Cancellation);
        var seventh = await db.Deliveries.Where(delivery => delivery.TargetId == 7).Select(delivery => delivery.Id).SingleAsync(Cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT id FROM deliveries WHERE id = {seventh} FOR UPDATE", Cancellation); // by its key: a search would lock all rows

        var claiming = _notifier.WithAsync((DueDeliveries due) => due.ClaimNextAsync(1, Cancellation));
        await Eventually.HoldsAsync(async () => claiming.IsCompleted || await IsWaitedForAsync(db), "the claim waits for the row");
        if (claiming.IsCompleted)
        {
            Assert.Fail($"The claim has not waited: it has {(await claiming)?.Deliveries.Count.ToString(CultureInfo.InvariantCulture) ?? "no"} deliveries.");
        }

        await counting.RollbackAsync(Cancellation);

        var claim = await claiming;
        Assert.Equal((digest, 12), (claim!.DigestId, claim.Deliveries.Count));

        static async Task<bool> IsWaitedForAsync(NotifierDb db)
            => await db.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() AND info LIKE '%AND d.message_id = %'")
                .SingleAsync(Cancellation) > 0;
    }

    [Fact]
    public async Task Digests_that_several_senders_try_again_while_attempts_are_counted_stay_as_they_were()
    {
        const int Rounds = 5;
        await ADigestThatIsDueAgainAsync(changes: 1500);
        await using var other = await NotifierOnMySql.CreateAsync(_connection);
        var digests = (await _notifier.DeliveriesAsync()).GroupBy(delivery => delivery.DigestId!.Value).ToDictionary(set => $"digest.{set.Key:N}@skypunch", set => set.Count());
        Assert.Equal([500, 500, 500], digests.Values);

        for (var round = 1; round <= Rounds; round++)
        {
            _smtp.Answer = line => line == "END OF DATA" ? "" : null; // the acceptance is not heard
            await Task.WhenAll(_notifier.RunAsync(1), other.RunAsync(1), CountAsync(_notifier), CountAsync(other), _notifier.RunAsync(1), other.RunAsync(1), CountAsync(_notifier));
            await MakeDueAsync();
        }

        _smtp.Answer = _ => null;
        await _notifier.RunAsync(1);
        var told = _smtp.TakeAll().Select(mail => (Id: mail.Message.MessageId!, Changes: int.Parse(mail.Message.Headers["X-Skypunch-Changes"]!, CultureInfo.InvariantCulture)));
        Assert.All(told, mail => Assert.Equal(digests[mail.Id], mail.Changes));
        Assert.All(await _notifier.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Sent, delivery.State));

        static Task<bool> CountAsync(NotifierOnMySql notifier) => notifier.WithAsync(async (NotifierCounters counters) =>
        {
            await counters.CountAsync(Cancellation);
            return true;
        });
    }

    [Fact]
    public async Task A_claim_reads_the_rows_of_its_digest_and_not_all_that_wait()
    {
        const int Waiting = 5000;
        await _notifier.AddNotifierAsync(_smtp.Params);
        foreach (var some in Enumerable.Range(1, Waiting).Chunk(500))
        {
            await _notifier.AnnounceAsync([.. some.Select(i => AChange.Failure(i))]);
        }

        var read = await _notifier.WithAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<NotifierDb>();
            await db.Database.OpenConnectionAsync(Cancellation); // keeps the session, which counts
            var before = await RowsReadAsync(db);
            var claim = await services.GetRequiredService<DueDeliveries>().ClaimNextAsync(1, Cancellation);
            Assert.Equal(DigestRule.Most, claim!.Deliveries.Count);
            return await RowsReadAsync(db) - before;
        });

        Assert.InRange(read, DigestRule.Most, 8 * DigestRule.Most); // of each: itself, earlier ones of its target, its change twice, its update

        static async Task<long> RowsReadAsync(NotifierDb db)
            => (await db.Database.SqlQueryRaw<string>("SELECT variable_value AS Value FROM performance_schema.session_status WHERE variable_name LIKE 'Handler_read%' AND variable_name <> 'Handler_read_rnd_next'")
                .ToListAsync(Cancellation)).Sum(long.Parse);
    }

    [Fact]
    public async Task Many_thousands_that_are_due_at_once_are_told_within_a_minute()
    {
        var rows = int.Parse(Environment.GetEnvironmentVariable("SKYPUNCH_DIGEST_ROWS") ?? "10000", CultureInfo.InvariantCulture);
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync(AChange.Failure(rows + 1));
        await _notifier.RunAsync(1); // seals the parameters
        foreach (var some in Enumerable.Range(1, rows).Chunk(500))
        {
            await _notifier.AnnounceAsync([.. some.Select(i => AChange.Failure(i))]);
        }

        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _notifier.RunAsync(1), Cancellation)));
        await _notifier.RunAsync(1); // a run ends early where the others have locked what is left
        var took = TimeProvider.System.GetElapsedTime(began);

        TestContext.Current.SendDiagnosticMessage($"{rows} deliveries in {took.TotalSeconds:0.0} s");
        Assert.True(took < TimeSpan.FromMinutes(1), $"{rows} deliveries took {took.TotalSeconds:0.0} s");
        Assert.Equal(0, await _notifier.WithAsync((NotifierDb db) => db.Deliveries.CountAsync(delivery => delivery.State != DeliveryState.Sent || delivery.Attempts != 1, Cancellation)));
        Assert.Equal(rows + 1, _smtp.TakeAll().Sum(mail => int.Parse(mail.Message.Headers["X-Skypunch-Changes"] ?? "1", CultureInfo.InvariantCulture)));
    }

    private async Task<Guid?> ADigestThatIsDueAgainAsync(int changes)
    {
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync([.. Enumerable.Range(1, changes).Select(i => AChange.Failure(i))]);
        _smtp.Answer = line => line == "END OF DATA" ? "451 not now" : null;
        await _notifier.RunAsync(1);
        _smtp.Answer = _ => null;
        _smtp.TakeAll();
        await MakeDueAsync();
        return (await _notifier.DeliveriesAsync())[0].DigestId;
    }

    private Task<int> MakeDueAsync()
        => _notifier.WithAsync((NotifierDb db) => db.Database.ExecuteSqlRawAsync("UPDATE deliveries SET next_attempt_at = created_at WHERE state = 'PENDING'", Cancellation));
}

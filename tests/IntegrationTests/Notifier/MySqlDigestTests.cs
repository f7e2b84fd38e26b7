using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
        var (ofEleven, target) = (0, 1);
        await Eventually.HoldsAsync(async () => (ofEleven = await CountAsync(11, first: target += 11)) > 0, "EF reports its statements to the counter");
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
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.TestBed;
using Skypunch.UnitTests.Notifier;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>The Notifier's SQL on a real MySQL: where SQLite differs, and what only several Notifiers can show.</summary>
public sealed class MySqlNotifierTests(MySqlServer mySql) : IAsyncLifetime
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
    public async Task The_migrations_create_the_tables_of_the_model() => await _notifier.WithAsync(async (NotifierDb db) =>
    {
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancellation));
        return 0;
    });

    [Fact]
    public async Task A_claim_goes_by_the_databases_clock_is_renewed_and_marked()
    {
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));
        var held = _notifier.Services.GetRequiredService<HeldClaims>();

        var claimed = await _notifier.WithAsync((DueDeliveries due) => due.ClaimNextAsync(1, Cancellation));
        var (_, renewed) = await _notifier.WithAsync((DueDeliveries due) => due.RenewAsync(claimed!.Ids, Cancellation));
        var next = await _notifier.WithAsync((DeliveryMarks marks) => marks.SentAsync(claimed!, null, true, Cancellation));
        var (_, late) = await _notifier.WithAsync((DueDeliveries due) => due.RenewAsync(claimed!.Ids, Cancellation));

        Assert.Equal((1, 2, 1, 0), (claimed!.First.TargetId, next!.First.TargetId, renewed, late));
        Assert.Equal(held.Sender, next.First.ClaimedBy);
        Assert.Equal([DeliveryState.Sent, DeliveryState.Pending], (await _notifier.DeliveriesAsync()).Select(d => d.State));
    }

    [Fact]
    public async Task A_mail_takes_three_statements_and_one_transaction()
    {
        const int Mails = 20;
        await using var single = await NotifierOnMySql.CreateAsync(_connection, digestAbove: 0);
        await single.AddNotifierAsync(_smtp.Params);
        await single.AnnounceAsync([.. Enumerable.Range(1, Mails).Select(i => AChange.Failure(i))]);
        await single.RunAsync(1);
        _smtp.TakeAll();
        await single.AnnounceAsync([.. Enumerable.Range(1, Mails).Select(i => AChange.Recovery(i))]);
        using var statements = new StatementCount(single.Database);
        await Eventually.HoldsAsync(async () => (await single.DeliveriesAsync()).Count > 0 && statements.Count > 0, "EF reports its statements to the counter");
        var before = statements.Count;

        await single.RunAsync(1);

        Assert.Equal(Mails, _smtp.TakeAll().Count);
        Assert.InRange(statements.Count - before, 3 * Mails, (3 * Mails) + 2); // the first mail is claimed in a transaction of its own
    }

    [Fact]
    public async Task Attempts_and_claims_that_are_booked_too_far_ahead_are_corrected()
    {
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync(AChange.Failure(1), AChange.Failure(2), AChange.Failure(3));
        await ExecuteAsync("UPDATE deliveries SET next_attempt_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR WHERE target_id = 1");
        await ExecuteAsync("UPDATE deliveries SET claimed_by = 'x', claimed_until = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR WHERE target_id = 2");
        await ExecuteAsync("UPDATE deliveries SET attempts = 3, next_attempt_at = UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE WHERE target_id = 3");
        await _notifier.WithAsync(async (NotifierDb db) => await db.PutAttemptsRightAsync(await db.TimeAsync(Cancellation), TimeSpan.Zero, Cancellation));
        await _notifier.WithAsync(async (NotifierDb db) => await db.PutClaimsRightAsync(await db.TimeAsync(Cancellation), TimeSpan.FromMinutes(2), Cancellation));

        await _notifier.RunAsync(1);

        Assert.Equal([DeliveryState.Sent, DeliveryState.Sent, DeliveryState.Pending], (await _notifier.DeliveriesAsync()).Select(d => d.State));
    }

    [Theory]
    [InlineData("deliveries", "change_id", "'x'", false)] // breaks a foreign key
    [InlineData("deliveries", "created_at", "'0000-00-00'", null)]
    [InlineData("deliveries", "next_attempt_at", "'0000-00-00'", null)]
    [InlineData("deliveries", "attempts", "2147483647", false)]
    [InlineData("deliveries", "attempts", "-5", false)]
    [InlineData("deliveries", "set_aside_at", "'0000-00-00'", null)]
    [InlineData("deliveries", "remaining_addresses", "'text'", true)]
    [InlineData("announcements", "changed_at", "'0000-00-00'", null)]
    [InlineData("announcements", "received_at", "'0000-00-00'", null)]
    [InlineData("announcements", "payload", "'{{'", true)]
    [InlineData("announcements", "target_id", "9223372036854775807", false)]
    [InlineData("notifiers", "pass_count", "9223372036854775807", false)]
    [InlineData("notifiers", "enabled", "7", false)]
    [InlineData("notifiers", "type", "'PIGEON'", true)]
    [InlineData("notifiers", "params", "'enc:v1:AAAA'", true)]
    [InlineData("notifiers", "address", "'nobody'", true)]
    public async Task A_bad_value_delays_no_other_message_is_reported_and_its_correction_is_noticed(string table, string column, string poison, bool? told)
    {
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));
        await ExecuteAsync($"CREATE TABLE saved AS SELECT * FROM {table}");
        var first = table == "announcements" ? "target_id = 1" : "id = 1";
        await ExecuteAsync($"UPDATE {table} SET {column} = {poison} WHERE {first}");

        await _notifier.RunAsync(1);
        await _notifier.RunAsync(2);
        var sent = _smtp.TakeAll().Count;
        var errors = await _notifier.WithAsync((NotifierDb db) => db.Deliveries.Where(d => d.LastError != null).Select(d => d.LastError).ToListAsync(Cancellation));

        Assert.InRange(sent, 2, 4);
        Assert.Equal(told ?? errors.Count > 0, errors.Count > 0); // whether the driver accepts a zero date depends on a setting
        first = table == "announcements" ? "t.change_id = s.change_id" : "t.id = s.id";
        await ExecuteAsync($"UPDATE {table} AS t JOIN saved AS s ON {first} SET t.{column} = s.{column}");
        await Eventually.HoldsAsync(
            async () =>
            {
                await ExecuteAsync("UPDATE deliveries SET next_attempt_at = UTC_TIMESTAMP(6) WHERE state = 'PENDING'"); // as if time had passed
                await _notifier.RunAsync(1);
                await _notifier.RunAsync(2);
                sent += _smtp.TakeAll().Count;
                return sent >= 4;
            },
            "the corrected messages are sent");
        Assert.Equal(4, sent);
    }

    [Fact]
    public async Task A_message_is_sent_and_marked_while_another_transaction_holds_the_row_of_its_notifier()
    {
        var id = await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AnnounceAsync(AChange.Failure(1));
        await _notifier.RunAsync(id); // seals the parameters, which changes the row
        await _notifier.AnnounceAsync(AChange.Failure(2), AChange.Failure(3));

        await _notifier.WithAsync(async (NotifierDb other) =>
        {
            await using var transaction = await other.Database.BeginLockingAsync(Cancellation);
            await other.Database.ExecuteSqlAsync($"UPDATE notifiers SET pass_count = pass_count + 5 WHERE id = {id}", Cancellation);
            await _notifier.RunAsync(id);
            Assert.All(await _notifier.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
            await transaction.CommitAsync(Cancellation);
            return 0;
        });
        await Task.WhenAll(CountAsync(), CountAsync(), CountAsync());

        Assert.Equal(8, await _notifier.WithAsync((NotifierDb db) => db.Notifiers.Select(n => n.PassCount).SingleAsync(Cancellation)));

        Task CountAsync() => _notifier.WithAsync(async (NotifierCounters counters) =>
        {
            await counters.CountAsync(Cancellation);
            return 0;
        });
    }

    [Fact]
    public async Task Two_transactions_that_wait_for_each_other_both_end()
    {
        await _notifier.AddNotifierAsync(_smtp.Params);
        await _notifier.AddNotifierAsync(_smtp.Params);
        var writer = _notifier.Services.GetRequiredService<StoreWriter<NotifierDb>>();
        using var bothHaveOne = new Barrier(2);
        var tries = 0;

        await Task.WhenAll(Task.Run(() => TouchAsync(1, 2), Cancellation), Task.Run(() => TouchAsync(2, 1), Cancellation));

        Assert.Equal(3, tries);
        Assert.Equal([2, 2], await _notifier.WithAsync((NotifierDb db) => db.Notifiers.OrderBy(n => n.Id).Select(n => n.PassCount).ToListAsync(Cancellation)));

        Task TouchAsync(long one, long other) => writer.RunAsync(async (NotifierDb db) =>
        {
            var isFirst = Interlocked.Increment(ref tries) <= 2;
            await using var transaction = await db.Database.BeginLockingAsync(Cancellation);
            await CountAsync(db, one);
            if (isFirst)
            {
                bothHaveOne.SignalAndWait(Cancellation);
            }

            await CountAsync(db, other);
            await transaction.CommitAsync(Cancellation);
        });

        static Task CountAsync(NotifierDb db, long id)
            => db.Notifiers.Where(n => n.Id == id).ExecuteUpdateAsync(set => set.SetProperty(n => n.PassCount, n => n.PassCount + 1), Cancellation);
    }

    private Task<int> ExecuteAsync(string sql) => _notifier.WithAsync(async (NotifierDb db) =>
    {
        await using var transaction = await db.Database.BeginLockingAsync(Cancellation); // keeps the statements in one session
        await db.Database.ExecuteSqlRawAsync("SET SESSION sql_mode = '', foreign_key_checks = 0", Cancellation);
        var count = await db.Database.ExecuteSqlRawAsync(sql, Cancellation);
        await db.Database.ExecuteSqlRawAsync("SET SESSION sql_mode = DEFAULT, foreign_key_checks = 1", Cancellation);
        await transaction.CommitAsync(Cancellation);
        return count;
    });
}

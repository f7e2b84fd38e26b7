using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.UnitTests.Notifier;

public sealed class DatabaseOutageTests
{
    public static TheoryData<Exception, bool> Faults => new()
    {
        { new SqliteException("busy", 5), true },
        { new DbUpdateException("not saved"), true },
        { new TimeoutException(), true },
        { new EndOfStreamException("expected to read 4 header bytes but only received 0"), true },
        { new InvalidOperationException("likely due to a transient failure", new IOException("reset")), true },
        { new InvalidOperationException("likely due to a transient failure", new SqliteException("gone", 10)), true },
        { new InvalidOperationException("a fault of ours"), false },
        { new InvalidOperationException("a fault of ours", new FormatException()), false },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_fault_of_the_database_is_distinguished_from_a_fault_of_Skypunch(Exception exception, bool expected)
        => Assert.Equal(expected, DatabaseFault.Is(exception));

    [Fact]
    public async Task A_message_that_was_accepted_as_the_database_went_away_is_marked_when_it_is_back_and_not_sent_again()
    {
        var clock = new PausesPassAtOnce();
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create(clock);
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure());
        GoesAwayWhenAMessageIsAccepted(smtp, store);
        var back = AChange.Noon + TimeSpan.FromMinutes(10);
        clock.Paused = () =>
        {
            if (clock.GetUtcNow() == back)
            {
                store.Execute("ALTER TABLE away RENAME TO deliveries");
            }
        };

        await store.RunAsync(id);
        await store.LiveAsync(TimeSpan.FromMinutes(1), store.Services);
        await store.RunAsync(id);

        Assert.Single(smtp.TakeAll());
        var delivery = await store.DeliveryAsync();
        Assert.Equal((DeliveryState.Sent, 1, back), (delivery.State, delivery.Attempts, delivery.SentAt));
        Assert.Equal(1, (await store.NotifierAsync(id)).PassCount);
    }

    private static void GoesAwayWhenAMessageIsAccepted(LoopbackSmtp smtp, NotifierStore store) => smtp.Answer = line =>
    {
        if (line == "END OF DATA")
        {
            store.Execute("ALTER TABLE deliveries RENAME TO away");
        }

        return null;
    };

    /// <summary>A clock on which a pause of a second is over as soon as it begins.</summary>
    private sealed class PausesPassAtOnce() : FakeTimeProvider(AChange.Noon)
    {
        public Action Paused { get; set; } = () => { };

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == TimeSpan.FromSeconds(1))
            {
                Advance(dueTime);
                Paused();
            }

            return timer;
        }
    }
}

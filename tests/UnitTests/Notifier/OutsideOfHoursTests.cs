using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Notifiers;

namespace Skypunch.UnitTests.Notifier;

/// <summary>What happens outside of a notifier's hours. It is Sunday at noon, and the hours begin on Monday at eight.</summary>
public sealed class OutsideOfHoursTests : IAsyncLifetime
{
    private const string Hours = "Mon-Fri 08:00-18:00 UTC";
    private static readonly TimeSpan ToMonday = TimeSpan.FromHours(20);

    private readonly LoopbackSmtp _smtp = new();
    private readonly NotifierStore _store = NotifierStore.Create(new FakeTimeProvider(AChange.Noon));
    private long _id;

    public async ValueTask InitializeAsync()
    {
        Assert.Equal(DayOfWeek.Sunday, AChange.Noon.DayOfWeek);
        _id = await _store.AddNotifierAsync(_smtp.Params);
        await HoursAsync(Hours);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    [Fact]
    public async Task A_failure_waits_until_the_hours_begin_and_is_told_then()
    {
        await _store.AnnounceAsync(AChange.Failure());

        Assert.Empty(await DueAsync());
        await _store.RunAsync(_id);
        Assert.Empty(_smtp.TakeAll());

        _store.Clock.Advance(ToMonday);
        Assert.Equal([_id], await DueAsync());
        await _store.RunAsync(_id);
        Assert.Single(_smtp.TakeAll());
        Assert.Equal(DeliveryState.Sent, (await _store.DeliveryAsync()).State);
    }

    [Fact]
    public async Task An_edit_of_the_hours_acts_at_once_on_what_waits()
    {
        await _store.AnnounceAsync(AChange.Failure());

        await HoursAsync(null);
        await _store.RunAsync(_id);

        Assert.Single(_smtp.TakeAll());
    }

    [Fact]
    public async Task A_failure_that_is_over_when_the_hours_begin_is_not_told_and_says_why()
    {
        var always = await _store.AddNotifierAsync(_smtp.Params);
        await _store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2), AChange.Recovery(1));

        var deliveries = await _store.DeliveriesAsync();
        Assert.Equal(
            [(_id, 1, DeliveryState.Cancelled), (always, 1, DeliveryState.Pending), (_id, 2, DeliveryState.Pending), (always, 2, DeliveryState.Pending), (always, 1, DeliveryState.Pending)],
            deliveries.Select(d => (d.NotifierId, d.TargetId, d.State)));
        Assert.Equal("not told: the target recovered before the hours of the notifier began", deliveries[0].LastError);
    }

    [Fact]
    public async Task The_recovery_of_a_failure_that_was_told_waits_and_is_told()
    {
        await HoursAsync(null);
        await _store.AnnounceAsync(AChange.Failure());
        await _store.RunAsync(_id);
        await HoursAsync(Hours);

        await _store.AnnounceAsync(AChange.Recovery(), AChange.Failure(), AChange.Recovery());

        Assert.Equal([DeliveryState.Sent, DeliveryState.Pending, DeliveryState.Cancelled], (await _store.DeliveriesAsync()).Select(d => d.State));
        _store.Clock.Advance(ToMonday);
        await _store.RunAsync(_id);
        Assert.Equal(2, _smtp.TakeAll().Count);
    }

    [Fact]
    public async Task A_failure_that_has_been_tried_is_followed_by_its_recovery()
    {
        await _store.AnnounceAsync(AChange.Failure());
        await _store.WithDbAsync(db => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.Attempts, 1)));

        await _store.AnnounceAsync(AChange.Recovery());

        Assert.All(await _store.DeliveriesAsync(), d => Assert.Equal(DeliveryState.Pending, d.State));
        Assert.Equal(2, (await _store.DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task The_time_after_which_a_message_is_given_up_counts_from_the_begin_of_the_hours()
    {
        await _store.AnnounceAsync(AChange.Failure());
        _store.Clock.Advance(ToMonday + TimeSpan.FromHours(6)); // 26 hours after the change
        await _store.WithDbAsync(db => db.Notifiers.ExecuteUpdateAsync(set => set.SetProperty(n => n.Params, "server=127.0.0.1,port=1,security=none")));

        await _store.RunAsync(_id);

        Assert.Equal((DeliveryState.Pending, 1), ((await _store.DeliveryAsync()).State, (await _store.DeliveryAsync()).Attempts));
    }

    [Fact]
    public async Task The_list_says_what_a_delivery_waits_for_and_until_when()
    {
        await _store.AnnounceAsync(AChange.Failure());
        var row = await RowAsync();

        var (waits, due) = (row.ToProto(new Dictionary<long, DateTimeOffset> { [_id] = AChange.Noon + ToMonday }), row.ToProto(new Dictionary<long, DateTimeOffset>()));

        Assert.Equal(("waits until the hours of the notifier begin", AChange.Noon + ToMonday), (waits.LastError, waits.NextAttemptTime.ToDateTimeOffset()));
        Assert.Equal(("", AChange.Noon), (due.LastError, due.NextAttemptTime.ToDateTimeOffset()));
    }

    private Task HoursAsync(string? hours) => _store.WithDbAsync(db => db.Notifiers.Where(n => n.Id == _id).ExecuteUpdateAsync(set => set.SetProperty(n => n.Hours, hours)));

    private async Task<List<long>> DueAsync()
    {
        List<long> due = [];
        await NotifierStore.WithAsync<DueDeliveries>(_store.Services, async found => due = (await found.NotifiersAsync(10, TestContext.Current.CancellationToken)).ConvertAll(count => count.NotifierId));
        return due;
    }

    private async Task<Delivery> RowAsync()
    {
        Delivery? row = null;
        await _store.WithDbAsync(async db => row = await db.Deliveries.AsNoTracking().Include(d => d.Announcement).SingleAsync());
        return row!;
    }
}

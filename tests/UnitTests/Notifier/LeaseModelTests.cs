using Microsoft.Extensions.DependencyInjection;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier;

/// <summary>
/// Three senders run in an order that comes from a seed. They are killed, stopped and resumed, while the store goes away and its clock
/// jumps. The model is simple: a message is sent once, and at most once more for each sender that was killed, or stopped for longer than a
/// lease, between the acceptance of the message and its mark.
/// </summary>
public sealed class LeaseModelTests
{
    private const int Steps = 250;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task No_message_is_doubled_by_the_living_and_none_is_lost(int seed)
    {
        var clock = new JumpingClock();
        await using var store = NotifierStore.Create(clock);
        await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync([.. Enumerable.Range(1, 60).Select(i => AChange.Failure(i % 12))]);
        var model = new Model(store, clock, new Random(seed));

        for (var step = 0; step < Steps; step++)
        {
            await model.StepAsync();
        }

        await model.SettleAsync();

        Assert.All(await store.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
        Assert.All(model.Sent, sent => Assert.True(sent.Times <= 1 + sent.Excused, $"seed {seed}: delivery {sent.Id} was sent {sent.Times} times, {sent.Excused} of them excused"));
        Assert.Equal(60, model.Sent.Count);
    }

    private sealed class Sender(ServiceProvider parts)
    {
        public ServiceProvider Parts => parts;

        /// <summary>The delivery that the sender works on, and whether it has been accepted.</summary>
        public Delivery? InHand { get; set; }

        public bool IsAccepted { get; set; }

        public TimeSpan? StoppedFor { get; set; }
    }

    private sealed class Model(NotifierStore store, JumpingClock clock, Random random)
    {
        private readonly List<Sender> _senders = [new(store.Services), new(store.AddReplica()), new(store.AddReplica())];
        private readonly Dictionary<long, (int Times, int Excused)> _sent = [];
        private bool _away;

        public IReadOnlyCollection<(long Id, int Times, int Excused)> Sent => [.. _sent.Select(sent => (sent.Key, sent.Value.Times, sent.Value.Excused))];

        public async Task StepAsync()
        {
            var at = random.Next(_senders.Count);
            switch (random.Next(100))
            {
                case < 50:
                    await WorkAsync(_senders[at]);
                    break;
                case < 85:
                    await PassAsync();
                    break;
                case < 88:
                    Kill(at);
                    break;
                case < 94:
                    _senders[at].StoppedFor ??= TimeSpan.Zero;
                    break;
                case < 97:
                    _away = !_away;
                    break;
                default:
                    clock.Jump = TimeSpan.FromMinutes(random.Next(-60, 61));
                    break;
            }
        }

        public async Task SettleAsync()
        {
            _away = false;
            for (var turn = 0; turn < 300; turn++)
            {
                foreach (var sender in _senders)
                {
                    sender.StoppedFor = null;
                    await WorkAsync(sender);
                }

                if (turn % 10 == 0)
                {
                    await PassAsync();
                    await _senders[0].Parts.GetRequiredService<DeliveryRepair>().PutRightAsync(TestContext.Current.CancellationToken);
                }
            }
        }

        /// <summary>
        /// Advances the time. If the store answers, senders that are alive renew their leases; some stopped senders go on.
        /// </summary>
        private async Task PassAsync()
        {
            clock.Advance(Lease.RenewEvery);
            foreach (var sender in _senders)
            {
                if (sender.StoppedFor is { } stopped)
                {
                    sender.StoppedFor = stopped + Lease.RenewEvery;
                    Excuse(sender, sender.StoppedFor == Lease.Length - Lease.RenewEvery);
                    sender.StoppedFor = random.Next(8) == 0 ? null : sender.StoppedFor;
                }

                if (sender.StoppedFor is null && !_away)
                {
                    await sender.Parts.GetRequiredService<LeaseKeeper>().RenewAsync(TestContext.Current.CancellationToken);
                }
            }
        }

        private async Task WorkAsync(Sender sender)
        {
            if (_away || sender.StoppedFor is not null)
            {
                return;
            }

            var held = sender.Parts.GetRequiredService<HeldClaims>();
            if (sender.InHand is not { } delivery)
            {
                var since = clock.GetTimestamp();
                await NotifierStore.WithAsync<DueDeliveries>(sender.Parts, async due => sender.InHand = await due.ClaimNextAsync(1, TestContext.Current.CancellationToken));
                if (sender.InHand is { } claimed)
                {
                    held.Add(claimed.Id, since);
                }
            }
            else if (!sender.IsAccepted)
            {
                await NotifierStore.WithAsync<NotifierRun>(sender.Parts, async run => sender.IsAccepted = await run.IsStillMineAsync(delivery, TestContext.Current.CancellationToken));
                if (sender.IsAccepted)
                {
                    var (times, excused) = _sent.GetValueOrDefault(delivery.Id);
                    _sent[delivery.Id] = (times + 1, excused);
                }
                else
                {
                    Drop(sender);
                }
            }
            else
            {
                await NotifierStore.WithAsync<DeliveryMarks>(sender.Parts, marks => marks.SentAsync(delivery, null, false, TestContext.Current.CancellationToken));
                Drop(sender);
            }
        }

        private void Kill(int at)
        {
            Excuse(_senders[at], true);
            _senders[at] = new Sender(store.AddReplica());
        }

        private void Excuse(Sender sender, bool isExcused)
        {
            if (isExcused && sender is { InHand: { } delivery, IsAccepted: true })
            {
                var (times, excused) = _sent[delivery.Id];
                _sent[delivery.Id] = (times, excused + 1);
            }
        }

        private static void Drop(Sender sender)
        {
            sender.Parts.GetRequiredService<HeldClaims>().Remove(sender.InHand!.Id);
            (sender.InHand, sender.IsAccepted) = (null, false);
        }
    }
}

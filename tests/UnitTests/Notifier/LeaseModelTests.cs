using Microsoft.Extensions.DependencyInjection;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier;

/// <summary>
/// Three senders run in an order that comes from a seed. They are killed, stopped and resumed, while the store goes away and its clock
/// jumps. The model is simple: a change is told once, and at most once more for each sender that was killed, or stopped for longer than a
/// lease, between the acceptance of the message and its mark. What is told again is told by the same message.
/// </summary>
public sealed class LeaseModelTests
{
    private const int Steps = 250;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 2)]
    [InlineData(9, 5)]
    [InlineData(10, 5)]
    [InlineData(11, 10)]
    [InlineData(12, 10)]
    public async Task No_message_is_doubled_by_the_living_and_none_is_lost(int seed, int digestAbove)
    {
        var clock = new JumpingClock();
        await using var store = NotifierStore.Create(clock, digestAbove: digestAbove);
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
        Assert.All(model.Messages, message => Assert.True(message.Value.Count == 1, $"seed {seed}: delivery {message.Key} was told by several messages: {string.Join(", ", message.Value)}"));
        Assert.All(model.Told.GroupBy(told => told.TargetId), target => Assert.Equal(target.Select(told => told.Id).Order(), target.Select(told => told.Id)));
        Assert.Equal(digestAbove > 0, (await store.DeliveriesAsync()).Any(delivery => delivery.DigestId is not null));
    }

    private sealed class Sender(ServiceProvider parts)
    {
        public ServiceProvider Parts => parts;

        /// <summary>What the sender works on, and whether it has been accepted.</summary>
        public Claim? InHand { get; set; }

        public bool IsAccepted { get; set; }

        public TimeSpan? StoppedFor { get; set; }
    }

    private sealed class Model(NotifierStore store, JumpingClock clock, Random random)
    {
        private readonly List<Sender> _senders = [new(store.Services), new(store.AddReplica()), new(store.AddReplica())];
        private readonly Dictionary<long, (int Times, int Excused)> _sent = [];
        private bool _away;

        /// <summary>The ids of the messages that each delivery was sent in.</summary>
        public Dictionary<long, HashSet<Guid?>> Messages { get; } = [];

        /// <summary>The deliveries in the order in which they were sent for the first time.</summary>
        public List<Delivery> Told { get; } = [];

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
            if (sender.InHand is not { } claim)
            {
                var since = clock.GetTimestamp();
                await NotifierStore.WithAsync<DueDeliveries>(sender.Parts, async due => sender.InHand = await due.ClaimNextAsync(1, TestContext.Current.CancellationToken));
                if (sender.InHand is { } claimed)
                {
                    held.Add(claimed.Ids, since);
                }
            }
            else if (!sender.IsAccepted)
            {
                await NotifierStore.WithAsync<NotifierRun>(sender.Parts, async run => sender.IsAccepted = await run.IsStillMineAsync(claim, TestContext.Current.CancellationToken));
                if (sender.IsAccepted)
                {
                    foreach (var delivery in claim.Deliveries)
                    {
                        var (times, excused) = _sent.GetValueOrDefault(delivery.Id);
                        _sent[delivery.Id] = (times + 1, excused);
                        if (Messages.TryAdd(delivery.Id, [delivery.MessageId]))
                        {
                            Told.Add(delivery);
                        }

                        Messages[delivery.Id].Add(delivery.MessageId);
                    }
                }
                else
                {
                    Drop(sender);
                }
            }
            else
            {
                await NotifierStore.WithAsync<DeliveryMarks>(sender.Parts, marks => marks.SentAsync(claim, null, false, TestContext.Current.CancellationToken));
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
            if (!isExcused || sender is not { InHand: { } claim, IsAccepted: true })
            {
                return;
            }

            foreach (var id in claim.Ids)
            {
                var (times, excused) = _sent[id];
                _sent[id] = (times, excused + 1);
            }
        }

        private static void Drop(Sender sender)
        {
            sender.Parts.GetRequiredService<HeldClaims>().Remove(sender.InHand!.Ids);
            (sender.InHand, sender.IsAccepted) = (null, false);
        }
    }
}

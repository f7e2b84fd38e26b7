using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Skypunch.Contracts;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Notifier;

/// <summary>Which notifiers are told of which change. On MySQL: MySqlRoutingTests.</summary>
public sealed class RoutingTests
{
    public static TheoryData<string, bool> Asked => new()
    {
        { "labels.team = web", true },
        { "labels.team = shop", false },
        { "labels.none = x", false },
        { "labels.none != x", true },
        { "group : shop", true },
        { "group : pay", false },
        { "name = \"Target 7\"", true },
        { "url : EXAMPLE.org", true },
        { "description : customers", true },
        { "method = get AND authn = basic", true },
        { "frequency < 1m", true },
        { "frequency = 10s", true },
        { "id = 7", true },
        { "reason = status_mismatch", true },
        { "NOT reason : status", false },
    };

    [Theory]
    [MemberData(nameof(Asked))]
    public void A_failure_is_selected_by_what_the_message_has(string text, bool isTold)
    {
        var change = AChange.Failure(7) with { Labels = new Dictionary<string, string> { ["team"] = "web" } };

        Assert.Null(Match.Of(text).Fault);
        Assert.Equal(isTold, new Routing([change], [new Receiver(1, Match.Of(text), WorkingHours.Always)]).Of(new HashSet<ToldTarget>()).Count == 1);
    }

    [Fact]
    public void What_an_old_scheduler_does_not_send_is_not_there()
    {
        var old = AChange.Failure() with { Labels = null, Group = null, TargetDescription = null };

        Assert.False(Match.Of("labels : team OR group : * OR description : *").Selects(ChangeFacts.Of(old)));
        Assert.True(Match.Of("labels.team != web AND group = \"\"").Selects(ChangeFacts.Of(old)));
    }

    [Fact]
    public void The_url_of_a_target_in_a_catalog_is_its_path_as_in_lists()
    {
        var change = AChange.Failure() with { Url = "compute:/servers", Path = "/servers" };

        Assert.True(Match.Of("url = /servers").Selects(ChangeFacts.Of(change)));
    }

    [Fact]
    public void A_recovery_has_the_reason_of_the_failure_that_it_ends()
    {
        var recovery = AChange.Recovery() with { FailureReason = ProbeReasons.DnsError };

        Assert.True(Match.Of("reason = dns_error").Selects(ChangeFacts.Of(recovery)));
        Assert.False(Match.Of("NOT reason = dns_error").Selects(ChangeFacts.Of(recovery)));
        Assert.True(Match.Of("reason = ok").Selects(ChangeFacts.Of(AChange.Recovery())));
    }

    [Theory]
    [InlineData("labels.team == ", "at character 16: a value is missing; a text with blanks or brackets stands in quotes")]
    [InlineData("group : a AND status = FAIL", "at character 15: status makes no sense in a match: whoever is told of a failure is told of its recovery, too")]
    [InlineData("Enabled = true", "at character 1: enabled makes no sense in a match: a target that is disabled has no changes")]
    [InlineData("team = a", "at character 1: 'team' is no field; the field names are name, url, description, reason, group, labels.KEY, labels, method, authn, frequency, id")]
    public void What_cannot_be_right_is_refused_with_its_place_and_selects_everything(string text, string fault)
    {
        var match = Match.Of(text);

        Assert.Equal(fault, match.Fault);
        Assert.True(match.Selects(ChangeFacts.Of(AChange.Failure())));
    }

    [Fact]
    public async Task Each_change_is_stored_for_those_whose_match_selects_it()
    {
        await using var store = NotifierStore.Create();
        var (all, web, shop) = (await AddAsync(store, null), await AddAsync(store, "labels.team = web"), await AddAsync(store, "labels.team = shop"));
        TargetStatusChanged[] changes = [Of("web", AChange.Failure(1)), Of("shop", AChange.Failure(2)), AChange.Failure(3)];

        IReadOnlyList<(TargetStatusChanged Change, int Notifiers)> stored = [];
        await NotifierStore.WithAsync<Announcements>(store.Services, async announcements => stored = await announcements.StoreAsync(changes, TestContext.Current.CancellationToken));

        Assert.Equal([(all, 1), (web, 1), (all, 2), (shop, 2), (all, 3)], (await store.DeliveriesAsync()).Select(d => (d.NotifierId, d.TargetId)));
        Assert.Equal([2, 2, 1], stored.Select(change => change.Notifiers));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recovery_is_told_to_whoever_was_told_of_the_failure_whatever_has_changed(bool isNoticeBetween)
    {
        await using var store = NotifierStore.Create();
        var (web, shop) = (await AddAsync(store, "labels.team = web"), await AddAsync(store, "labels.team = shop"));
        await store.AnnounceAsync(Of("web", AChange.Failure(1)));
        if (isNoticeBetween)
        {
            await store.AnnounceAsync(ANotice(1));
        }

        await MatchAsync(store, web, "labels.team = nobody");
        await store.AnnounceAsync(Of("shop", AChange.Recovery(1)));

        Assert.Equal([web], await ToldAsync(store, "FAIL"));
        Assert.Equal([web, shop], await ToldAsync(store, "PASS")); // the match of the second selects the recovery itself
    }

    [Fact]
    public async Task Whoever_has_been_told_of_the_recovery_is_not_told_of_the_next_one()
    {
        await using var store = NotifierStore.Create();
        var web = await AddAsync(store, "labels.team = web");
        await store.AnnounceAsync(Of("web", AChange.Failure(1)), Of("web", AChange.Recovery(1)));

        await store.AnnounceAsync(Of("shop", AChange.Failure(1)), Of("shop", AChange.Recovery(1)));

        Assert.Equal([(web, 1), (web, 1)], (await store.DeliveriesAsync()).Select(d => (d.NotifierId, d.TargetId)));
    }

    [Fact]
    public async Task A_recovery_is_not_told_for_the_sake_of_a_failure_of_another_target_or_one_that_was_cancelled()
    {
        await using var store = NotifierStore.Create();
        var web = await AddAsync(store, "labels.team = web");
        await store.AnnounceAsync(Of("web", AChange.Failure(1)), Of("web", AChange.Failure(2)));
        await store.WithDbAsync(db => db.Deliveries.Where(d => d.TargetId == 2).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Cancelled)));

        await store.AnnounceAsync(Of("shop", AChange.Recovery(2)), Of("shop", AChange.Recovery(3)));

        Assert.Equal([1, 2], (await store.DeliveriesAsync()).Select(d => d.TargetId));
        Assert.All(await store.DeliveriesAsync(), d => Assert.Equal(web, d.NotifierId));
    }

    [Fact]
    public async Task A_failure_that_lasts_longer_than_deliveries_are_kept_still_has_its_recovery_told()
    {
        await using var store = NotifierStore.Create();
        var web = await AddAsync(store, "labels.team = web");
        await store.AnnounceAsync(Of("web", AChange.Failure(1)), Of("web", AChange.Failure(2)), Of("web", AChange.Recovery(2)));
        await store.WithDbAsync(db => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sent)));
        store.Clock.Advance(TimeSpan.FromDays(90));

        await store.WithDbAsync(db => DeliveryCleanup.RemoveFinishedAsync(db, store.Clock.GetUtcNow() - TimeSpan.FromDays(30), CancellationToken.None));
        Assert.Equal([1], (await store.DeliveriesAsync()).Select(d => d.TargetId));
        await store.AnnounceAsync(Of("shop", AChange.Recovery(1)));
        await store.WithDbAsync(db => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sent)));
        await store.WithDbAsync(db => DeliveryCleanup.RemoveFinishedAsync(db, store.Clock.GetUtcNow() - TimeSpan.FromDays(30), CancellationToken.None));

        Assert.Equal([(web, 1)], (await store.DeliveriesAsync()).Select(d => (d.NotifierId, d.TargetId))); // the recovery, which is new
    }

    [Fact]
    public async Task A_failure_that_nobody_ends_is_removed_in_the_end()
    {
        await using var store = NotifierStore.Create();
        await AddAsync(store, null);
        await store.AnnounceAsync(AChange.Failure(1));
        await store.WithDbAsync(db => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sent)));
        store.Clock.Advance(TimeSpan.FromDays(831));

        await store.WithDbAsync(db => DeliveryCleanup.RemoveFinishedAsync(db, store.Clock.GetUtcNow() - TimeSpan.FromDays(30), CancellationToken.None));

        Assert.Empty(await store.DeliveriesAsync());
    }

    [Fact]
    public async Task A_notice_is_told_to_all_whatever_their_match()
    {
        await using var store = NotifierStore.Create();
        var (web, all) = (await AddAsync(store, "labels.team = web"), await AddAsync(store, null));

        await store.AnnounceAsync(ANotice(1));

        Assert.Equal([web, all], (await store.DeliveriesAsync()).Select(d => d.NotifierId));
    }

    [Fact]
    public async Task A_match_that_a_hand_has_spoilt_lets_everything_through_and_harms_no_other()
    {
        await using var store = NotifierStore.Create();
        var (bad, web) = (await AddAsync(store, null), await AddAsync(store, "labels.team = web"));
        store.Execute($"UPDATE notifiers SET match_text = x'00ff28' WHERE id = {bad}");

        await store.AnnounceAsync(Of("web", AChange.Failure(1)), Of("shop", AChange.Failure(2)));

        Assert.Equal([(bad, 1), (web, 1), (bad, 2)], (await store.DeliveriesAsync()).Select(d => (d.NotifierId, d.TargetId)));
    }

    [Fact]
    public void What_is_wrong_with_a_match_is_said_once_and_again_when_it_is_another_text()
    {
        using var log = new LinesOfLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var receivers = new Receivers(loggers.CreateLogger<Receivers>());

        Assert.Same(receivers.Of(new StoredReceiver(1, "team =", null)), receivers.Of(new StoredReceiver(1, "team =", null)));
        Assert.True(receivers.Of(new StoredReceiver(2, null, null)).Match.IsEverything);
        Assert.Null(receivers.Of(new StoredReceiver(1, "id = 1", null)).Match.Fault);
        receivers.Of(new StoredReceiver(1, new string('x', 3000), null));
        receivers.Of(new StoredReceiver(1, new string('x', 3000), "never"));

        Assert.Equal(3, log.Lines.Length);
        Assert.StartsWith("Notifier 1 is told of everything until its match is mended: at character 1: 'team' is no field", log.Lines[0].Text, StringComparison.Ordinal);
        Assert.Equal("Notifier 1 is told of everything until its match is mended: must have at most 2000 characters", log.Lines[1].Text);
        Assert.StartsWith("Notifier 1 is told at any time until its hours are mended: the text must be days, times and a time zone", log.Lines[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_reason_of_a_failure_is_known_to_who_asks_for_all()
    {
        var reasons = typeof(ProbeReasons).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(reasons.Except([ProbeReasons.Ok]).Order(), ProbeReasons.OfFailures.Order());
    }

    private static async Task<long> AddAsync(NotifierStore store, string? match)
    {
        var id = await store.AddNotifierAsync("server=mx");
        await MatchAsync(store, id, match);
        return id;
    }

    private static Task MatchAsync(NotifierStore store, long id, string? match)
        => store.WithDbAsync(db => db.Notifiers.Where(n => n.Id == id).ExecuteUpdateAsync(set => set.SetProperty(n => n.MatchText, match)));

    private static async Task<List<long>> ToldAsync(NotifierStore store, string status)
    {
        List<long> told = [];
        await store.WithDbAsync(async db => told = await db.Deliveries.Where(d => d.Announcement.ToStatus == status).OrderBy(d => d.Id).Select(d => d.NotifierId).ToListAsync());
        return told;
    }

    private static TargetStatusChanged Of(string team, TargetStatusChanged change) => change with { Labels = new Dictionary<string, string> { ["team"] = team } };

    private static TargetStatusChanged ANotice(long targetId) => AChange.Failure(targetId) with
    {
        From = Announcement.OfNotices,
        To = "not_probed",
        Notice = new Notice { NoticeId = Guid.NewGuid(), TargetId = targetId, About = "web", Kind = "not_probed", Subject = "web cannot be probed", Text = "Text.", At = AChange.Noon },
    };
}

using System.Data.Common;
using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>
/// Targets and notifiers that a test adds to a running system before it makes a fault. Some of the targets fail and recover all the time.
/// In the end the counts of the web server, the store and the mail server are reconciled exactly.
/// </summary>
internal sealed class Trial : IAsyncDisposable
{
    // A stall of the machine of at least this length counts as a strike.
    private static readonly TimeSpan StallThatCounts = TimeSpan.FromMilliseconds(250);

    private static int _count;

    private readonly Grounds _grounds;
    private readonly TrialPlan _plan;
    private bool _isReconciled;

    private Trial(Grounds grounds, RunningSystem system, TrialPlan plan, IReadOnlyList<WatchedTarget> targets, IReadOnlyList<(long Id, string Mailbox)> notifiers)
    {
        _grounds = grounds;
        _plan = plan;
        System = system;
        Targets = targets;
        Notifiers = notifiers;
        Random = Seed.Next();
        Flips = new Flips(this, Random);
    }

    public RunningSystem System { get; }

    public IReadOnlyList<WatchedTarget> Targets { get; }

    /// <summary>The ids of the notifiers, each with its mailbox.</summary>
    public IReadOnlyList<(long Id, string Mailbox)> Notifiers { get; }

    /// <summary>The source of everything random in the trial.</summary>
    public Random Random { get; }

    public Flips Flips { get; }

    public MachineStalls Stalls { get; } = new();

    /// <summary>How often something was broken, after which a probe may be made again or its result be lost.</summary>
    public int Strikes { get; private set; }

    /// <summary>Adds the targets and notifiers, and waits until all targets pass.</summary>
    public static async Task<Trial> BeginAsync(Grounds grounds, RunningSystem system, ScriptedWeb web, TrialPlan plan)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"f{Interlocked.Increment(ref _count)}x");
        var pages = web.NewPages(plan.Targets);
        foreach (var page in pages)
        {
            page.Delay = plan.Delay;
        }

        var mailboxes = Enumerable.Range(0, plan.Notifiers).Select(i => $"{prefix}{i}@example.org");
        var notifiers = await TrialRows.AddNotifiersAsync(system, grounds.Mail.Port, mailboxes);
        var targets = await TrialRows.AddTargetsAsync(system, prefix, pages, plan.Timeout);
        var trial = new Trial(grounds, system, plan, targets, notifiers);
        await trial.AllPassAsync();
        foreach (var page in pages)
        {
            page.ForgetCrowd(); // the first probes come as soon as possible
        }

        trial.Flips.Begin(plan.Flipping);
        return trial;
    }

    /// <summary>Notes that something is being broken now.</summary>
    public void Strike(int times = 1) => Strikes += times;

    /// <summary>Checks, after a fault, that each target is again probed every second at once.</summary>
    /// <param name="within">How long the recovery may take.</param>
    public async Task FullRateAsync(TimeSpan? within = null)
    {
        var patience = (within ?? TimeSpan.FromSeconds(5)) + TimeSpan.FromSeconds(2); // for two probes of each target, a second apart
        var others = new ForeignLoad(System.Parts);
        var took = await RecoveryAsync();
        var slowdown = others.Slowdown;
        Assert.True(
            took <= patience * slowdown,
            $"It took {took.TotalSeconds:0.0} s after the fault until every target was probed twice; other programs make everything take {slowdown:0.0} times as long.\n{Evidence.Of(System)}");
    }

    /// <summary>
    /// How long it takes from now until each target has been probed twice, minus the time in which the machine itself stood still.
    /// </summary>
    public async Task<TimeSpan> RecoveryAsync()
    {
        var from = TimeProvider.System.GetUtcNow();
        var started = TimeProvider.System.GetTimestamp();
        var before = Targets.ToDictionary(target => target, target => target.Page.Asked);
        await Eventually.HoldsAsync(() => Targets.All(target => target.Page.Asked >= before[target] + 2), "every target is probed again");
        return TimeProvider.System.GetElapsedTime(started) - (2 * Stalls.Longest(from, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Waits until all targets pass; those that are down by a flip must have recovered.</summary>
    public Task AllPassAsync() => Eventually.HoldsAsync(
        async () => await CountOrZeroAsync(() => System.CountAsync($"SELECT COUNT(*) FROM targets WHERE status = 'PASS' AND id IN ({Ids})")) == Targets.Count,
        "every target passes");

    /// <summary>Ends the flips, waits until nothing is pending, and compares all counts.</summary>
    public async Task ReconcileAsync(Allowance? allowance = null)
    {
        await Flips.EndAsync();
        await AllPassAsync();
        var accounts = await new Settlement(this, _grounds.Mail).SettleAsync();
        var faults = Reconciliation.Faults(accounts, (allowance ?? new Allowance()) with { Strikes = Strikes + Stalls.Count(StallThatCounts) }).ToList();
        if (faults.Count > 0)
        {
            Assert.Fail(string.Join('\n', faults.Take(20).Append($"{faults.Count} faults in all.").Append(Evidence.Of(System))));
        }

        _isReconciled = true;
    }

    /// <summary>Queries the store; 0 if the store is not reachable at the moment.</summary>
    public static async Task<long> CountOrZeroAsync(Func<Task<long>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stalls.DisposeAsync();
        if (!_isReconciled)
        {
            Evidence.Keep(System);
            await _grounds.ThrowAwayAsync(System);
        }
    }

    /// <summary>The ids of the targets, separated by commas.</summary>
    public string Ids => string.Join(',', Targets.Select(target => target.Id));
}

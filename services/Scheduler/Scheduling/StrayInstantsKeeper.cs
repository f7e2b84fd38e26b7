using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Looks now and then for <see cref="StrayInstants"/>, and at once when the clock was set.</summary>
internal sealed partial class StrayInstantsKeeper : WorkLoop
{
    private const int MostNamed = 10;

    private readonly IServiceScopeFactory _scopes;
    private readonly StoreWriter<SchedulerDb> _writer;
    private readonly TargetClaimer _claimer;
    private readonly ILogger<StrayInstantsKeeper> _logger;

    public StrayInstantsKeeper(
        IServiceScopeFactory scopes,
        StoreWriter<SchedulerDb> writer,
        TargetClaimer claimer,
        StatusChangeRelay relay,
        ClockWatch watch,
        BusGate busGate,
        TimeProvider clock,
        ILogger<StrayInstantsKeeper> logger)
        : base(busGate, clock, logger)
    {
        (_scopes, _writer, _claimer, _logger) = (scopes, writer, claimer, logger);
        watch.Jumped += _ =>
        {
            Wake();
            relay.Wake();
        };
        Wake();
    }

    protected override TimeSpan Interval => TimeSpan.FromSeconds(10);

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var stray = await scope.ServiceProvider.GetRequiredService<StrayInstants>().FindAsync(cancellationToken);
        if (stray.Count > 0 && await _writer.RunAsync((StrayInstants instants) => instants.MendAsync(stray, cancellationToken)) is { } first)
        {
            LogMended(stray.Count, string.Join(", ", stray.Take(MostNamed)));
            _claimer.BringForward(first);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} targets were not due, as a clock that was set back or a hand leaves them: further ahead than their frequency allows, or with an odd number in enabled. They are due again: {First} ...")]
    private partial void LogMended(int count, string first);
}

using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Has <see cref="StrayInstants"/> corrected every ten seconds, and at once when the clock was set.</summary>
internal sealed partial class StrayInstantsWatch : WorkLoop
{
    private const int MostNamed = 10;

    private readonly IServiceScopeFactory _scopes;
    private readonly StoreWriter<SchedulerDb> _writer;
    private readonly TargetClaimer _claimer;
    private readonly ILogger<StrayInstantsWatch> _logger;

    public StrayInstantsWatch(
        IServiceScopeFactory scopes,
        StoreWriter<SchedulerDb> writer,
        TargetClaimer claimer,
        ClockWatch watch,
        BusGate busGate,
        TimeProvider clock,
        ILogger<StrayInstantsWatch> logger)
        : base(busGate, clock, logger)
    {
        (_scopes, _writer, _claimer, _logger) = (scopes, writer, claimer, logger);
        watch.Jumped += _ => Wake();
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
        Message = "{Count} targets would not have been probed: their next probe or lease lay further ahead than their frequency allows, or their column enabled was neither 0 nor 1. "
            + "Either a clock was set back or their rows were edited by hand in SQL. They are due again: {First} ...")]
    private partial void LogMended(int count, string first);
}

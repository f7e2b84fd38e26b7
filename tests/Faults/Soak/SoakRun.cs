using System.Globalization;
using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>A soak: one random fault after the other, each followed by a rest. Samples are taken all the time.</summary>
internal sealed class SoakRun(Trial trial, ScriptedMail mail, SoakPlan plan)
{
    // Up to this many sender runs share a notifier for which many mails wait, and each sends one mail at a time.
    private const int SendersOfANotifier = 4;

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly List<SoakSample> _samples = [];
    private readonly List<string> _log = [];
    private int _faults;

    /// <summary>All samples so far.</summary>
    public IReadOnlyList<SoakSample> Samples => _samples;

    /// <summary>One line for each fault, with the time until every target was probed twice again.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>How many mails may have come twice.</summary>
    public int DoubledMails { get; private set; }

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_started);

    public async Task RunAsync()
    {
        using var over = new CancellationTokenSource();
        var sampling = SampleAsync(over.Token);
        try
        {
            var ground = new SoakGround(trial, mail);
            var faults = SoakFaults.For(trial.System);
            while (Elapsed < plan.Duration)
            {
                await MakeAsync(ground, ground.Any(faults));
                await Budget.PassAsync(TimeSpan.FromSeconds(2 + (4 * trial.Random.NextDouble())));
            }
        }
        finally
        {
            await over.CancelAsync();
            await sampling;
        }

        _samples.Add(await SoakSample.TakeAsync(trial.System, Elapsed, _faults));
    }

    private async Task MakeAsync(SoakGround ground, SoakFault fault)
    {
        trial.Strike();
        _faults++;
        DoubledMails += fault.KillsSenders ? SendersOfANotifier * trial.Notifiers.Count * trial.System.Parts.Count(part => part.Name.StartsWith("Notifier", StringComparison.Ordinal) || part.Name == "skypunchd") : 0;
        var at = Elapsed;
        await fault.MakeAsync(ground);
        var lasted = Elapsed - at;
        var recovery = await trial.RecoveryAsync();
        _log.Add(string.Create(CultureInfo.InvariantCulture, $"{at:hh\\:mm\\:ss} {fault.Name} for {lasted.TotalSeconds:0.0} s; all targets probed twice {recovery.TotalSeconds:0.0} s later"));
    }

    private async Task SampleAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            _samples.Add(await SoakSample.TakeAsync(trial.System, Elapsed, _faults));
            await Task.Delay(plan.SampleInterval, TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

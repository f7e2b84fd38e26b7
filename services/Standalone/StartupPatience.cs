using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone;

/// <summary>
/// How long a start is waited for, and what is said meanwhile. Pure. What goes on is waited for, however slow the machine is; what fails is tried again for half a minute. After two seconds, with
/// every change and every ten seconds there is something to say: who waits for the start hears that it goes on.
/// </summary>
internal sealed class StartupPatience
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WithTrouble = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WithoutAWord = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(10);

    private StartupStep? _step;
    private TimeSpan _stepSince;
    private (TimeSpan Since, TimeSpan Last)? _trouble;
    private TimeSpan _said;
    private string? _line;

    /// <summary>Looks at what the start is at.</summary>
    /// <param name="elapsed">Since the start began.</param>
    /// <param name="step">What is waited for.</param>
    /// <returns>What is to be said; null: nothing.</returns>
    /// <exception cref="StartupException">It is waited for no longer.</exception>
    public string? Look(TimeSpan elapsed, StartupStep step)
    {
        if (step != _step)
        {
            _trouble = step.Name == _step?.Name ? _trouble : null;
            (_step, _stepSince) = (step, elapsed);
        }

        // What fails is begun again in between.
        _trouble = step.Trouble is not null ? (_trouble?.Since ?? elapsed, elapsed) : elapsed - _trouble?.Last < Forgotten ? _trouble : null;
        ThrowIfLate(elapsed, step);
        var line = $"waiting for {step.Name}{((step.Trouble ?? step.Doing) is { } what ? $": {what}" : "")}";
        if (elapsed < Quiet || (line == _line && elapsed - _said < Interval))
        {
            return null;
        }

        (_line, _said) = (line, elapsed);
        return $"{line} ({elapsed.TotalSeconds:F0} s)";
    }

    private void ThrowIfLate(TimeSpan elapsed, StartupStep step)
    {
        if (step.Trouble is not null && _trouble is { } trouble && elapsed - trouble.Since >= WithTrouble)
        {
            throw new StartupException($"Skypunch could not start: for {WithTrouble.TotalSeconds:F0} s it waits for {step.Name}: {step.Trouble}");
        }

        if (step.Doing is null && step.Trouble is null && elapsed - _stepSince >= WithoutAWord)
        {
            throw new StartupException($"Skypunch could not start: for {WithoutAWord.TotalMinutes:F0} minutes it waits for {step.Name}, of which nothing is heard");
        }
    }
}

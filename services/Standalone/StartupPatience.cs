using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone;

/// <summary>
/// How long a start is waited for, and what the user is told meanwhile. A step that goes on is waited for, however slow the machine is; a
/// step that fails has half a minute. After two seconds there is a line for each change and every ten seconds, so that whoever waits for
/// the start sees that it goes on.
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

    /// <summary>Judges what the start does now.</summary>
    /// <param name="elapsed">The time since the start began.</param>
    /// <param name="step">The step that the start waits for.</param>
    /// <returns>The line for the user; null: there is none.</returns>
    /// <exception cref="StartupException">The start is waited for no longer.</exception>
    public string? Look(TimeSpan elapsed, StartupStep step)
    {
        if (step != _step)
        {
            _trouble = step.Name == _step?.Name ? _trouble : null;
            (_step, _stepSince) = (step, elapsed);
        }

        // A step that fails is begun again in between, and then has no trouble for a moment.
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

using System.Globalization;

namespace Skypunch.Contracts;

/// <summary>
/// A probe's trace as text: <c>2013-07-13 04:44:25.118338 Connection [OK] (+1.2 ms, 4.7 ms)</c>. This is the 2013 format, followed by the
/// time from the begin of the probe to the begin of the step and by the duration of the step. Instants are in UTC.
/// </summary>
public static class TraceText
{
    /// <summary>The lines of the text, one per step.</summary>
    /// <param name="steps">The steps, in order.</param>
    /// <param name="reasonWords">
    /// Why the probe failed, in words. It is shown at the step that failed, unless the step has a reason of its own.
    /// </param>
    /// <param name="startedAt">When the probe began; null: the lines have no timings.</param>
    public static IEnumerable<string> Lines(IEnumerable<ProbeStep> steps, string reasonWords, DateTimeOffset? startedAt = null)
        => steps.Select(step => string.Create(
            CultureInfo.InvariantCulture,
            $"{step.EndedAt.ToUniversalTime():yyyy-MM-dd HH:mm:ss.ffffff} {step.Text}{Ending(step, reasonWords)}{Timing(step, startedAt)}"));

    private static string Ending(ProbeStep step, string reasonWords) => step.Outcome switch
    {
        StepOutcome.Ok => " [OK]",
        StepOutcome.Fail => $" [FAIL] reason: {step.Reason ?? reasonWords}",
        _ => "",
    };

    private static string Timing(ProbeStep step, DateTimeOffset? startedAt) => startedAt is { } start && step.Took > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $" (+{step.OffsetFrom(start).TotalMilliseconds:0.0} ms, {step.Took.TotalMilliseconds:0.0} ms)")
        : "";
}

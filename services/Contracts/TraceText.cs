using System.Globalization;

namespace Skypunch.Contracts;

/// <summary>A probe's trace as text, in the form of 2013: <c>2013-07-13 04:44:25.118338 Connection [OK]</c>. Times are in UTC.</summary>
public static class TraceText
{
    /// <summary>One line a step.</summary>
    /// <param name="steps">The steps, in order.</param>
    /// <param name="reasonWords">Why the probe failed, in words: stands at the step that failed.</param>
    public static IEnumerable<string> Lines(IEnumerable<ProbeStep> steps, string reasonWords)
        => steps.Select(step => string.Create(
            CultureInfo.InvariantCulture,
            $"{step.EndedAt.ToUniversalTime():yyyy-MM-dd HH:mm:ss.ffffff} {step.Text}{Ending(step.Outcome, reasonWords)}"));

    private static string Ending(StepOutcome outcome, string reasonWords) => outcome switch
    {
        StepOutcome.Ok => " [OK]",
        StepOutcome.Fail => $" [FAIL] reason: {reasonWords}",
        _ => "",
    };
}

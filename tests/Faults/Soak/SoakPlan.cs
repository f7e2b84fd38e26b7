using System.Globalization;

namespace Skypunch.Faults.Soak;

/// <summary>
/// The duration and size of a soak: <c>SKYPUNCH_SOAK=60m</c>, <c>SKYPUNCH_SOAK_TARGETS=1000</c>. Without these variables a soak is short
/// and small.
/// </summary>
internal sealed record SoakPlan(TimeSpan Duration, int Targets)
{
    private const int TargetsOfAShortSoak = 150;
    private const int TargetsOfALongSoak = 1000;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(25);

    public static SoakPlan Read()
    {
        var isLong = Environment.GetEnvironmentVariable("SKYPUNCH_SOAK") is { Length: > 0 };
        var duration = isLong ? Span(Environment.GetEnvironmentVariable("SKYPUNCH_SOAK")!) : Short;
        var targets = int.TryParse(Environment.GetEnvironmentVariable("SKYPUNCH_SOAK_TARGETS"), CultureInfo.InvariantCulture, out var given)
            ? given
            : isLong ? TargetsOfALongSoak : TargetsOfAShortSoak;
        return new SoakPlan(duration, targets);
    }

    /// <summary>The time between two samples.</summary>
    public TimeSpan SampleInterval => TimeSpan.FromSeconds(Math.Clamp(Duration.TotalSeconds / 60, 4, 60));

    private static TimeSpan Span(string text)
    {
        var number = double.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => throw new FormatException($"SKYPUNCH_SOAK is '{text}'; it must be a duration such as 90s, 60m or 2h."),
        };
    }
}

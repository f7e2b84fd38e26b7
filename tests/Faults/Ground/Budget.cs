using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>How long a fault lasts and how often it is made. <c>SKYPUNCH_FAULT_TIME=N</c> multiplies both by N.</summary>
internal static class Budget
{
    private static readonly double Factor
        = double.TryParse(Environment.GetEnvironmentVariable("SKYPUNCH_FAULT_TIME"), CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    /// <summary>The duration of a fault, given its duration with a factor of 1.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds * Factor);

    /// <summary>The number of repetitions, given the number with a factor of 1.</summary>
    public static int Times(int times) => (int)Math.Ceiling(times * Factor);

    /// <summary>Waits for the measured time. What happens in it is judged afterwards, from what all parts have counted.</summary>
    public static Task PassAsync(TimeSpan span) => Task.Delay(span, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="PassAsync(TimeSpan)"/>
    public static Task PassAsync(double seconds) => PassAsync(Seconds(seconds));
}

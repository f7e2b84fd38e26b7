using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>How long a fault lasts. <c>SKYPUNCH_FAULT_TIME=N</c> makes each N times as long as in a run of all.</summary>
internal static class Budget
{
    private static readonly double Factor
        = double.TryParse(Environment.GetEnvironmentVariable("SKYPUNCH_FAULT_TIME"), CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    /// <summary>A span in a run of all, as long as is asked for.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds * Factor);

    /// <summary>Lets the measured span itself pass: what happens in it is judged afterwards, by what everybody has counted.</summary>
    public static Task PassAsync(TimeSpan span) => Task.Delay(span, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="PassAsync(TimeSpan)"/>
    public static Task PassAsync(double seconds) => PassAsync(Seconds(seconds));
}

namespace Skypunch.UnitTests;

/// <summary>Waits for what another thread of this process does, where there is nothing to await: looks again and again, until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20); // of what asks others

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="condition">What is looked at.</param>
    /// <param name="what">What is waited for, as a sentence for the failure: "the job is claimed".</param>
    public static Task HoldsAsync(Func<Task<bool>> condition, string what) => HoldsAsync(condition, what, PollInterval, null);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="condition">What is looked at.</param>
    /// <param name="what">What is waited for.</param>
    /// <param name="meanwhile">What is done between two looks: a clock of the test is moved on.</param>
    public static Task HoldsAsync(Func<bool> condition, string what, Action? meanwhile = null) => HoldsAsync(() => Task.FromResult(condition()), what, Glance, meanwhile);

    /// <summary>Waits for the work, but no longer than anything takes here.</summary>
    public static Task<T> InTimeAsync<T>(ValueTask<T> work) => work.AsTask().WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan pause, Action? meanwhile)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"Not within {Patience}: {what}.");
            meanwhile?.Invoke();
            await Task.Delay(pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}

using DotNet.Testcontainers.Builders;

namespace Skypunch.TestBed;

/// <summary>Whether there is a container engine. Without one a test is skipped, or fails if the run requires containers.</summary>
internal static class ContainerEngine
{
    /// <summary>
    /// The label with the test run's name, by which <c>tests/run</c> removes the containers of a run that was interrupted.
    /// </summary>
    public const string RunLabel = "skypunch.test-run";

    private static readonly string? Unavailable = Environment.GetEnvironmentVariable("SKYPUNCH_SKIP_CONTAINERS");

    /// <summary>Whether the run requires containers.</summary>
    public static bool Required { get; } = Environment.GetEnvironmentVariable("SKYPUNCH_REQUIRE_CONTAINERS") == "1";

    public static string Run { get; } = Environment.GetEnvironmentVariable("SKYPUNCH_TEST_RUN") ?? "by-hand";

    public static string Image(string name, string fallback)
        => Environment.GetEnvironmentVariable($"SKYPUNCH_TEST_{name}_IMAGE") is { Length: > 0 } image ? image : fallback;

    public static async Task<T> RunOrSkipAsync<T>(Func<Task<T>> start)
    {
        Assert.SkipWhen(Unavailable is not null, Unavailable ?? "");
        try
        {
            return await start();
        }
        catch (DockerUnavailableException e) when (!Required)
        {
            Assert.Skip($"No container engine answers (tests/run --env prepares one): {e.Message}");
            throw;
        }
    }
}

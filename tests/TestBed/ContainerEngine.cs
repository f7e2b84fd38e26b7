using DotNet.Testcontainers.Builders;

namespace Skypunch.TestBed;

/// <summary>Whether there is an engine to run containers on: without one a test is skipped, unless the run demands it.</summary>
internal static class ContainerEngine
{
    /// <summary>Names the test run in a label, so that <c>tests/run</c> can remove what a broken off run left behind.</summary>
    public const string RunLabel = "skypunch.test-run";

    private static readonly string? Unavailable = Environment.GetEnvironmentVariable("SKYPUNCH_SKIP_CONTAINERS");

    /// <summary>Whether the run demands that containers run.</summary>
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

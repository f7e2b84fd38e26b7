using System.Security.Cryptography;
using System.Text;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Deployment;

/// <summary>
/// The images of Skypunch, built on first use as a user builds them, except that <c>tests/run</c> may replace the SDK and the runtime
/// image. The built images stay, so the next run need not build what has not changed. An image that a new one replaces is removed.
/// </summary>
internal static class ProductImages
{
    private static readonly string[] Targets = ["build", "scheduler", "prober", "notifier", "web", "cli", "skypunchd"];
    private static readonly Lazy<Task<bool>> Built = new(BuildAsync);

    /// <summary>The prefix of the names of the images.</summary>
    public const string Prefix = "skypunch-test";

    /// <summary>The tag of the images, which differs for each folder of sources on this machine.</summary>
    public static string Tag { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Tool.Sources)))[..8];

    /// <summary>The name of an image.</summary>
    public static string Name(string target) => $"{Prefix}/{target}:{Tag}";

    /// <summary>Builds the images if no test has built them yet.</summary>
    public static async Task BuildOnceAsync()
    {
        if (!ContainerEngine.Required)
        {
            Assert.SkipWhen((await new Tool("docker").RunAsync("info")).ExitCode != 0, "No container engine answers (tests/run --env prepares one).");
        }

        await ContainerEngine.RunOrSkipAsync(() => Built.Value);
    }

    private static async Task<bool> BuildAsync()
    {
        var docker = new Tool("docker");
        foreach (var target in Targets)
        {
            var before = await docker.RunAsync("image", "inspect", "--format", "{{.Id}}", Name(target));
            await docker.DoAsync(
            [
                "build", "--file", "deploy/Dockerfile", "--target", target, "--tag", Name(target),
                "--network", "host", // the build can reach what this machine can reach
                .. Argument("SDK_IMAGE"), .. Argument("RUNTIME_IMAGE"), ".",
            ]);
            var after = await docker.DoAsync("image", "inspect", "--format", "{{.Id}}", Name(target));
            if (before.ExitCode == 0 && before.Out.Trim() != after)
            {
                await docker.RunAsync("image", "rm", before.Out.Trim()); // an image that is still in use stays
            }
        }

        return true;
    }

    private static string[] Argument(string name)
        => Environment.GetEnvironmentVariable($"SKYPUNCH_TEST_{name}") is { Length: > 0 } image ? ["--build-arg", $"{name}={image}"] : [];
}

using System.Text.Json;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Deployment;

/// <summary>The images, each by itself.</summary>
[Collection(nameof(Deployed))]
public sealed class ImageTests : IAsyncDisposable
{
    private static readonly Tool Docker = new("docker");

    private readonly string _name = $"skypunch-test-{Guid.NewGuid():N}"[..22];

    [Theory]
    [InlineData("scheduler", "7413/tcp 7414/tcp")]
    [InlineData("prober", "7424/tcp")]
    [InlineData("notifier", "7433/tcp 7434/tcp")]
    [InlineData("web", "7415/tcp 7416/tcp")]
    [InlineData("skypunchd", "7413/tcp 7414/tcp 7415/tcp")]
    [InlineData("cli", "")]
    public async Task An_image_names_its_user_its_ports_its_health_check_and_its_labels(string target, string ports)
    {
        await ProductImages.BuildOnceAsync();

        var config = JsonDocument.Parse(await Docker.DoAsync("image", "inspect", "--format", "{{json .Config}}", ProductImages.Name(target))).RootElement;

        Assert.Equal("1654:1654", config.GetProperty("User").GetString()); // a number: Kubernetes cannot see that a user name is not root
        Assert.Equal(ports, config.TryGetProperty("ExposedPorts", out var exposed) ? string.Join(' ', exposed.EnumerateObject().Select(p => p.Name).Order()) : "");
        Assert.Equal(target != "cli", config.TryGetProperty("Healthcheck", out _));
        var labels = config.GetProperty("Labels");
        Assert.All(
            ["title", "description", "vendor", "licenses", "version", "revision", "source", "created"],
            label => Assert.NotEqual("", labels.GetProperty($"org.opencontainers.image.{label}").GetString()));
    }

    [Fact]
    public async Task The_daemon_runs_without_rights_on_a_file_system_that_it_cannot_write_to()
    {
        await ProductImages.BuildOnceAsync();

        await Docker.DoAsync(
            "run", "--detach", "--name", _name, "--label", $"{ContainerEngine.RunLabel}={ContainerEngine.Run}", "--read-only", "--cap-drop", "ALL",
            "--security-opt", "no-new-privileges", "--volume", $"{_name}:/data", ProductImages.Name("skypunchd"));
        await Eventually.HoldsAsync(async () => await HealthAsync() == "healthy", "the daemon is healthy");

        await Docker.DoAsync("exec", _name, "skypunch", "targets", "add", "Itself", "http://127.0.0.1:7414/healthz", "--frequency", "1s");
        await Eventually.HoldsAsync(async () => (await Docker.DoAsync("exec", _name, "skypunch", "targets")).Contains("PASS", StringComparison.Ordinal), "the target passes");
        Assert.Contains("Itself", await Docker.DoAsync("exec", _name, "skypunch", "report", "--month", $"{TimeProvider.System.GetUtcNow():yyyy-MM}", "--zone", "Europe/Lisbon"), StringComparison.Ordinal);
        await Docker.DoAsync("stop", "--time", "40", _name);
        Assert.Equal("0", await Docker.DoAsync("inspect", "--format", "{{.State.ExitCode}}", _name));
        await Docker.DoAsync("start", _name);
        await Eventually.HoldsAsync(async () => await HealthAsync() == "healthy", "the daemon is healthy again");
        Assert.Contains("Itself", await Docker.DoAsync("exec", _name, "skypunch", "targets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_its_settings_says_in_one_sentence_what_is_missing()
    {
        await ProductImages.BuildOnceAsync();

        var answer = await Docker.RunAsync("run", "--rm", "--read-only", ProductImages.Name("scheduler"));

        Assert.Equal(1, answer.ExitCode);
        Assert.StartsWith("No token protects the admin API", answer.Error, StringComparison.Ordinal);
        Assert.Contains("set Admin:Token or Admin:TokenFile", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_run_is_not_healthy()
    {
        await ProductImages.BuildOnceAsync();

        var answer = await Docker.RunAsync("run", "--rm", "--read-only", ProductImages.Name("prober"), "--health");

        Assert.Equal(1, answer.ExitCode);
        Assert.StartsWith("The health endpoint http://*:7424 does not answer", answer.Error, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Docker.RunAsync("rm", "--force", "--volumes", _name);
        await Docker.RunAsync("volume", "rm", "--force", _name);
    }

    private async Task<string> HealthAsync() => await Docker.DoAsync("inspect", "--format", "{{.State.Health.Status}}", _name);
}

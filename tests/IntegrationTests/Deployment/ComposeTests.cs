using System.Text.Json;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Deployment;

/// <summary>docker-compose.yml, from the first start to a restart with the same data.</summary>
[Collection(nameof(Deployed))]
public sealed class ComposeTests
{
    [Fact]
    public async Task A_system_starts_probes_is_scaled_loses_a_Prober_and_keeps_its_data()
    {
        await ProductImages.BuildOnceAsync();
        await SkipWithoutComposeAsync();
        await using var system = new ComposeSystem();
        await system.PrepareAsync();

        await system.UpAsync(probers: 2);
        await TheServicesHaveNoRightsAsync(system);
        Assert.NotEqual(0, (await system.SkypunchWithoutTokenAsync("targets")).ExitCode);
        Assert.Equal(0, (await system.SkypunchAsync("targets", "add", "Itself", "http://scheduler:7414/healthz", "--frequency", "1s")).ExitCode);
        await KeepsPassingAsync(system);
        Assert.Contains("Itself", await PageAsync(system), StringComparison.Ordinal);

        await system.ScaleAsync(probers: 4);
        await Eventually.HoldsAsync(async () => (await system.AskAsync("status")).GetProperty("probers").GetArrayLength() == 4, "four Probers are seen");

        await system.KillAsync((await system.ContainersAsync("prober"))[0]);
        await KeepsPassingAsync(system);

        // The target is the Scheduler itself, which is about to be stopped: from then on probes may fail.
        Assert.Equal(0, (await TargetAsync(system)).GetProperty("fail_count").GetInt32());
        var passed = await PassCountAsync(system);
        await system.ComposeAsync("down");
        await system.UpAsync(probers: 1);
        Assert.InRange(await PassCountAsync(system), passed, int.MaxValue);
        await KeepsPassingAsync(system);
    }

    [Fact]
    public async Task Make_secrets_writes_the_files_that_the_dev_overlay_reads_and_keeps_an_existing_key()
    {
        var folder = Directory.CreateTempSubdirectory("skypunch-secrets-").FullName;
        try
        {
            var make = new Tool(Path.Combine(Tool.Sources, "deploy", "make-secrets"));
            await make.DoAsync(folder);
            var key = await File.ReadAllTextAsync(Path.Combine(folder, "Secrets__Key"), TestContext.Current.CancellationToken);
            await make.DoAsync(folder);

            var overlay = await File.ReadAllLinesAsync(Path.Combine(Tool.Sources, "k8s/overlays/dev/kustomization.yaml"), TestContext.Current.CancellationToken);
            var named = overlay.Where(line => line.Contains("- secrets/", StringComparison.Ordinal)).Select(line => line.Split("secrets/")[1].Trim()).ToList();
            Assert.Equal(named.Order(), Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Except(["ca.key", "Secrets__Key"]).Order());
            Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(folder, "Secrets__Key"), TestContext.Current.CancellationToken));
            Assert.Equal(32, Convert.FromBase64String(key).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // If the run requires containers, tests/run has installed docker compose, or has failed.
    private static async Task SkipWithoutComposeAsync()
    {
        var version = await new Tool("docker").RunAsync("compose", "version");
        Assert.SkipWhen(
            version.ExitCode != 0 && Environment.GetEnvironmentVariable("CI") != "true",
            "There is no docker compose on this machine: install Docker's compose plug-in.");
    }

    private static async Task TheServicesHaveNoRightsAsync(ComposeSystem system)
    {
        foreach (var service in (string[])["scheduler", "prober", "notifier", "web"])
        {
            var container = await system.InspectAsync((await system.ContainersAsync(service))[0]);
            var host = container.GetProperty("HostConfig");
            Assert.True(host.GetProperty("ReadonlyRootfs").GetBoolean());
            Assert.Equal("ALL", Assert.Single(host.GetProperty("CapDrop").EnumerateArray()).GetString());
            Assert.Equal("1654:1654", container.GetProperty("Config").GetProperty("User").GetString());
            Assert.DoesNotContain(container.GetProperty("Config").GetProperty("Env").EnumerateArray(), v => v.GetString()!.Contains("Pass", StringComparison.Ordinal));
        }
    }

    // The list of targets, as a browser sees it that follows a link of "skypunch open".
    private static async Task<string> PageAsync(ComposeSystem system)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await browser.GetStringAsync((await system.AskAsync("open", "--page", system.PageUrl)).GetProperty("url").GetString(), TestContext.Current.CancellationToken);
        return await browser.GetStringAsync($"{system.PageUrl}/targets", TestContext.Current.CancellationToken);
    }

    private static async Task KeepsPassingAsync(ComposeSystem system)
    {
        var before = await PassCountAsync(system);
        await Eventually.HoldsAsync(async () => await PassCountAsync(system) > before + 2, "the target still passes");
        Assert.Equal("PASS", (await TargetAsync(system)).GetProperty("status").GetString());
    }

    private static async Task<int> PassCountAsync(ComposeSystem system) => (await TargetAsync(system)).GetProperty("pass_count").GetInt32();

    private static async Task<JsonElement> TargetAsync(ComposeSystem system) => await system.AskAsync("targets", "1");
}

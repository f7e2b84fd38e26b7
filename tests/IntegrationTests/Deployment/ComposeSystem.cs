using System.Globalization;
using System.Text.Json;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Deployment;

/// <summary>
/// The system of docker-compose.yml, set up as the README says but with its own name, port and secrets; and this machine's command line
/// that is pointed at it.
/// </summary>
internal sealed class ComposeSystem : IAsyncDisposable
{
    private static readonly string[] Servers = ["mysql", "rabbitmq"];
    private static readonly string[] Services = ["scheduler", "prober", "notifier", "web"];

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-compose-").FullName;
    private readonly string _name = $"skypunch-test-{Guid.NewGuid():N}"[..22];
    private readonly int _port = ContainerServer.FreePort();
    private readonly int _pagePort = ContainerServer.FreePort();
    private readonly Tool _docker;

    public ComposeSystem()
        => _docker = new Tool("docker", new Dictionary<string, string>
        {
            ["MYSQL_IMAGE"] = ContainerEngine.Image("MYSQL", "mysql:9.7"),
            ["RABBITMQ_IMAGE"] = ContainerEngine.Image("RABBITMQ", "rabbitmq:4.3"),
            ["SKYPUNCH_IMAGES"] = ProductImages.Prefix,
            ["SKYPUNCH_TAG"] = ProductImages.Tag,
            ["SKYPUNCH_PORT"] = _port.ToString(CultureInfo.InvariantCulture),
            ["SKYPUNCH_PAGE_PORT"] = _pagePort.ToString(CultureInfo.InvariantCulture),
            ["SKYPUNCH_SECRETS"] = Secrets,
        });

    /// <summary>The folder with the secrets.</summary>
    public string Secrets => Path.Combine(_folder, "secrets");

    /// <summary>The page, as this machine reaches it.</summary>
    public string PageUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_pagePort}");

    /// <summary>
    /// Makes the secrets. Labels the containers as belonging to the test run, and lets their health be checked more often than an operator
    /// needs.
    /// </summary>
    public async Task PrepareAsync()
    {
        await new Tool(Path.Combine(Tool.Sources, "deploy", "make-secrets")).DoAsync(Secrets);
        var labels = new Dictionary<string, string> { [ContainerEngine.RunLabel] = ContainerEngine.Run };
        var services = Servers.ToDictionary(name => name, object (_) => new { labels });
        foreach (var service in Services)
        {
            services[service] = new { labels, healthcheck = new { interval = "4s" } };
        }

        await File.WriteAllTextAsync(Additions, JsonSerializer.Serialize(new { services }));
    }

    /// <summary>Runs <c>docker compose</c>.</summary>
    public Task<string> ComposeAsync(params string[] arguments)
        => _docker.DoAsync(["compose", "--project-name", _name, "--file", "docker-compose.yml", "--file", Additions, .. arguments]);

    /// <summary>Starts the system and waits until every container is healthy.</summary>
    public Task UpAsync(int probers) => ComposeAsync("up", "--detach", "--wait", "--no-build", "--scale", Probers(probers));

    /// <summary>Changes the number of Probers.</summary>
    public Task ScaleAsync(int probers) => ComposeAsync("up", "--detach", "--no-build", "--no-recreate", "--scale", Probers(probers));

    /// <summary>The containers of a service.</summary>
    public async Task<string[]> ContainersAsync(string service)
        => (await ComposeAsync("ps", "--quiet", service)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The engine's description of a container.</summary>
    public async Task<JsonElement> InspectAsync(string container)
        => JsonDocument.Parse(await _docker.DoAsync("inspect", container)).RootElement[0];

    /// <summary>Kills a container, so it cannot tidy up.</summary>
    public Task KillAsync(string container) => _docker.DoAsync("kill", container);

    /// <summary>Runs the command line with the token.</summary>
    public Task<Tool.Answer> SkypunchAsync(params string[] arguments)
        => SkypunchWithoutTokenAsync(["--token-file", Path.Combine(Secrets, "Admin__Token"), .. arguments]);

    /// <summary>Runs the command line without a token.</summary>
    public Task<Tool.Answer> SkypunchWithoutTokenAsync(params string[] arguments)
        => Tool.Skypunch().RunAsync(["--server", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"), .. arguments]);

    /// <summary>Runs the command line and parses the JSON that it prints.</summary>
    public async Task<JsonElement> AskAsync(params string[] arguments)
    {
        var answer = await SkypunchAsync(["--output", "json", .. arguments]);
        Assert.True(answer.ExitCode == 0, $"skypunch {string.Join(' ', arguments)}: {answer.Out}{answer.Error}");
        return JsonDocument.Parse(answer.Out).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Additions))
        {
            await ComposeAsync("down", "--volumes", "--timeout", "5");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Probers(int count) => string.Create(CultureInfo.InvariantCulture, $"prober={count}");

    private string Additions => Path.Combine(_folder, "additions.json");
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Skypunch.TestBed;

namespace Skypunch.BrowserTests;

/// <summary>
/// The page of a real daemon, with targets as people have them: some fail, names are long or in other scripts, and one tries to be markup. All
/// tests share it, so a test changes only what it has added itself.
/// </summary>
public sealed class Page : IAsyncLifetime
{
    /// <summary>A name that would run as a script where it were not encoded.</summary>
    internal const string Hostile = "<img src=x onerror=\"window.taken=true\"> & \"quotes\" 'too'";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-page-").FullName;
    private readonly int _port = ContainerServer.FreePort();
    private CommandLine _skypunch = null!;
    private WatchedServer _server = null!;

    /// <summary>Where the page is.</summary>
    internal string Url => $"http://127.0.0.1:{_port + 2}";

    /// <summary>The paths of the watched server that answer 503.</summary>
    internal void Down(string path, bool isDown = true)
    {
        if (isDown)
        {
            _server.Down[path] = true;
        }
        else
        {
            _server.Down.TryRemove(path, out _);
        }
    }

    /// <summary>The address of a path of the watched server.</summary>
    internal string Watched(string path) => $"{_server.Url}{path}";

    public async ValueTask InitializeAsync()
    {
        _server = await WatchedServer.StartAsync();
        Down("/down");
        var shops = Enumerable.Range(1, 60).Select(n => new Watch($"Shop {n:00}", Watched($"/shop/{n}"), 5, "shop/cart", new() { ["team"] = "payments", ["tier"] = $"{n % 3}" }));
        Watch[] special =
        [
            new("Broken", Watched("/down"), 1, "shop") { Description = "What customers see first.\nAsk payments." },
            new("Nobody listens", "http://127.0.0.1:9/", 1, "", new() { ["team"] = "infra" }),
            new(Hostile, Watched("/down?x=%3Cscript%3Ealert(1)%3C/script%3E"), 1, "", new() { ["team"] = "<b>bold</b>" }),
            new("Ünïcode-Prüfung für 監視 und мониторинг, mit einem Namen, der so lang ist, dass er auf einem schmalen Bildschirm umbrechen muss", Watched("/down"), 1),
            new("Not watched", Watched("/off"), 5) { Enabled = false },
        ];
        var notifier = new { name = "On call", address = "oncall@example.org", @params = "server=127.0.0.1,port=9,security=none" };
        var configuration = JsonSerializer.Serialize(new { targets = special.Concat(shops), notifiers = new[] { notifier } }, Json); // JSON is YAML
        await File.WriteAllTextAsync(Path.Combine(_folder, "skypunch.yaml"), configuration);
        _skypunch = new CommandLine(_folder, _port);
        await _skypunch.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _skypunch.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a command of the command line.</summary>
    internal Task<string> DoAsync(params string[] arguments) => _skypunch.DoAsync(arguments);

    /// <summary>A link that logs in, once.</summary>
    internal async Task<string> LinkAsync() => JsonDocument.Parse(await DoAsync("open", "-o", "json")).RootElement.GetProperty("url").GetString()!;

    /// <summary>The admin token.</summary>
    internal string Token => File.ReadAllText(Path.Combine(_skypunch.Data, "token")).Trim();

    /// <summary>The id of a target.</summary>
    internal async Task<string> IdOfAsync(string name)
    {
        var all = JsonDocument.Parse(await DoAsync("targets", "-o", "json")).RootElement;
        return all.EnumerateArray().Single(t => t.GetProperty("name").GetString() == name).GetProperty("id").ToString();
    }

    private sealed record Watch(string Name, string Url, int Frequency, string Group = "", [property: JsonIgnore] Dictionary<string, string>? GivenLabels = null)
    {
        public string Description { get; init; } = "";

        public bool Enabled { get; init; } = true;

        public Dictionary<string, string> Labels { get; } = GivenLabels ?? [];
    }
}

using System.Globalization;
using Skypunch.Bench.Processes;

namespace Skypunch.Bench.WebServer;

/// <summary>Controls the web server's process.</summary>
internal sealed class WebServerProcess : IAsyncDisposable
{
    // Continuations run on the thread that waits for the sockets, which halves the cost of a request.
    private static readonly KeyValuePair<string, string>[] Environment = [new("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1")];

    private readonly ChildProcess _process;
    private readonly string _folder;

    private WebServerProcess(ChildProcess process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    public required int HttpPort { get; init; }

    public required int HttpsPort { get; init; }

    /// <summary>A PEM file with the authority that signed the server's certificate.</summary>
    public required string AuthorityFile { get; init; }

    public MeasuredPart Part => new("web server", _process.Id, IsOurs: false);

    public static async Task<WebServerProcess> StartAsync(string folder)
    {
        var process = ChildProcess.StartOwn("web server", ["serve", folder], Environment);
        var greeting = await process.HearAsync();
        return new WebServerProcess(process, folder)
        {
            HttpPort = int.Parse(greeting[1], CultureInfo.InvariantCulture),
            HttpsPort = int.Parse(greeting[2], CultureInfo.InvariantCulture),
            AuthorityFile = greeting[3],
        };
    }

    /// <summary>Lets a target answer 503 from now on.</summary>
    public Task FailAsync(int id) => _process.OrderAsync(string.Create(CultureInfo.InvariantCulture, $"fail {id}"));

    /// <summary>Lets all targets answer 503 from now on.</summary>
    public Task FailAllAsync() => _process.OrderAsync("fail all");

    /// <summary>Lets all targets answer 200 from now on.</summary>
    public Task PassAllAsync() => _process.OrderAsync("pass all");

    /// <summary>Forgets all requests so far.</summary>
    public Task ResetAsync() => _process.OrderAsync("reset");

    /// <summary>How many requests have come since the last reset.</summary>
    public async Task<int> CountAsync() => int.Parse((await _process.OrderAsync("count"))[0], CultureInfo.InvariantCulture);

    /// <summary>All requests since the last reset, in order.</summary>
    public async Task<List<Arrival>> ArrivalsAsync()
    {
        var path = Path.Combine(_folder, "arrivals.bin");
        await _process.OrderAsync($"write {path}");
        return ArrivalLog.Read(path);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

using Skypunch.Bench.Faults;
using Skypunch.Bench.Processes;

namespace Skypunch.Bench.Systems;

/// <summary>A Scheduler, Prober or Notifier as an operator runs it: the built program, configured by environment variables.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly ChildProcess _process;
    private readonly Uri _ready;

    private ServiceProcess(ChildProcess process, Uri ready)
    {
        _process = process;
        _ready = ready;
    }

    public MeasuredPart Part => new(_process.Name, _process.Id);

    /// <summary>Starts a service without waiting until it is ready.</summary>
    /// <param name="service">Scheduler, Prober or Notifier.</param>
    /// <param name="name">The name of the service in the figures.</param>
    /// <param name="settings">The settings, by their environment variables.</param>
    public static ServiceProcess Start(string service, string name, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var health = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var process = ChildProcess.Start(
            name,
            Programs.Of(service, $"Skypunch.{service}"),
            [],
            [.. settings, new("Kestrel__Endpoints__Health__Url", health.ToString())]);
        return new ServiceProcess(process, new Uri(health, "/readyz"));
    }

    /// <summary>Waits until <c>/readyz</c> reports that the service is ready.</summary>
    public async Task WaitUntilReadyAsync()
    {
        var isReady = await Patience.UntilAsync(async () => _process.HasExited || await IsReadyAsync(), StartPatience);
        if (!isReady || _process.HasExited)
        {
            throw new BenchException($"{_process.Name} did not start:\n{_process.Log}");
        }
    }

    public Task StopAsync() => _process.StopAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync(_ready);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}

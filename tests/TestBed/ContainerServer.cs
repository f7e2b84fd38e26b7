using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DotNet.Testcontainers.Containers;

namespace Skypunch.TestBed;

/// <summary>
/// A real server in a container, started on first use. The assembly shares one of each kind; a test that breaks its
/// server (stop, pause) makes its own: <c>await using var mysql = new MySqlServer();</c>.
/// </summary>
public abstract class ContainerServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private readonly Lazy<Task<IContainer>> _container;

    private protected ContainerServer() => _container = new(BuildAndStartAsync);

    /// <summary>The address at which the host reaches the mapped ports.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>Starts the server if it does not run yet. Every other method does so by itself.</summary>
    public Task StartAsync() => ContainerAsync();

    /// <summary>Refuses connections and breaks the open ones, until <see cref="RestartAsync"/>. Ports and data stay.</summary>
    public async Task StopAsync() => await (await ContainerAsync()).StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Ends the server at once, with what it was doing, until <see cref="RestartAsync"/>.</summary>
    public async Task KillAsync()
    {
        using var kill = Process.Start("docker", ["kill", (await ContainerAsync()).Id]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task RestartAsync() => await (await ContainerAsync()).StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Freezes the server: connections are accepted and nothing answers, until <see cref="ResumeAsync"/>.</summary>
    public async Task PauseAsync() => await (await ContainerAsync()).PauseAsync(TestContext.Current.CancellationToken);

    public async Task ResumeAsync() => await (await ContainerAsync()).UnpauseAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_container is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _container.Value).DisposeAsync();
        }
    }

    private protected Task<IContainer> ContainerAsync() => ContainerEngine.RunOrSkipAsync(() => _container.Value);

    private protected abstract IContainer Build();

    /// <summary>
    /// A free port. It is chosen here, as one that the engine chooses changes with a restart; and below the range that the
    /// system takes ports for connections from, so that it is still free when the container starts.
    /// </summary>
    internal static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Any, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken: try another
            }
        }
    }

    private async Task<IContainer> BuildAndStartAsync()
    {
        var container = Build();
        try
        {
            using var patience = new CancellationTokenSource(StartPatience); // the server is shared: no single test may cancel its start
            await container.StartAsync(patience.Token);
            return container;
        }
        catch (Exception e) when (container.State is not TestcontainersStates.Undefined)
        {
            var (output, errors) = await container.GetLogsAsync(ct: CancellationToken.None);
            await container.DisposeAsync();
            throw new InvalidOperationException($"{container.Image.FullName} did not start: {e.Message}\n{output}{errors}", e);
        }
    }
}

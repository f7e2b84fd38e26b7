using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DotNet.Testcontainers.Containers;

namespace Skypunch.TestBed;

/// <summary>
/// A real server in a container, started on first use. The assembly shares one of each kind. A test that stops or pauses its server creates
/// its own: <c>await using var mysql = new MySqlServer();</c>.
/// </summary>
public abstract class ContainerServer : IAsyncDisposable
{
    private const int MostTriesToFreeze = 10;
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private readonly Lazy<Task<IContainer>> _container;

    private protected ContainerServer() => _container = new(BuildAndStartAsync);

    /// <summary>The address of the server as seen from the host.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>Starts the server unless it is running. All other methods do this by themselves.</summary>
    public Task StartAsync() => ContainerAsync();

    /// <summary>
    /// Stops the server until <see cref="RestartAsync"/>: its connections break, and new ones are refused. Ports and data stay.
    /// </summary>
    public async Task StopAsync() => await (await ContainerAsync()).StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Kills the server at once, until <see cref="RestartAsync"/>.</summary>
    public async Task KillAsync()
    {
        using var kill = Process.Start("docker", ["kill", (await ContainerAsync()).Id]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task RestartAsync() => await (await ContainerAsync()).StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Freezes the server until <see cref="ResumeAsync"/>: connections are accepted, but nothing answers.</summary>
    public async Task PauseAsync()
    {
        var container = await ContainerAsync();
        for (var tries = 1; ; tries++)
        {
            try
            {
                await container.PauseAsync(TestContext.Current.CancellationToken);
                return;
            }
            catch (Docker.DotNet.DockerApiException e) when (tries < MostTriesToFreeze && e.Message.Contains("unable to freeze", StringComparison.Ordinal))
            {
                // On a busy machine the engine gives up if processes start in the container at the same time.
            }
        }
    }

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
    /// Finds a free port. The engine does not choose it, because such a port would change with a restart. The port is below the range from
    /// which the system takes ports for outgoing connections, so it is still free when the container starts.
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
                // The port is taken; try another.
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

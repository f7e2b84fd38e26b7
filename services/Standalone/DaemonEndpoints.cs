using System.Net;
using System.Net.Sockets;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone;

/// <summary>The addresses at which the daemon listens, from the settings.</summary>
internal sealed class DaemonEndpoints
{
    private readonly BindingAddress _admin;
    private readonly BindingAddress _health;
    private readonly BindingAddress _web;

    public DaemonEndpoints(IConfiguration configuration)
    {
        _admin = Address(configuration, "Admin");
        _health = Address(configuration, "Health");
        _web = Address(configuration, "Web");
    }

    /// <summary>The admin API as this machine reaches it.</summary>
    public string AdminUrl => HealthQuestion.LocalUrl(_admin);

    /// <summary>The health endpoint as this machine reaches it, without a path.</summary>
    public string HealthUrl => HealthQuestion.LocalUrl(_health);

    /// <summary>The page as this machine reaches it.</summary>
    public string WebUrl => HealthQuestion.LocalUrl(_web);

    /// <summary>Checks that the ports are free, before anything is started.</summary>
    /// <exception cref="StartupException">A port is taken, or cannot be used.</exception>
    public void EnsureFree()
    {
        EnsureFree(_admin, "the admin API");
        EnsureFree(_health, "the health endpoint");
        EnsureFree(_web, "the page");
    }

    private static BindingAddress Address(IConfiguration configuration, string endpoint)
    {
        var key = $"Kestrel:Endpoints:{endpoint}:Url";
        try
        {
            return BindingAddress.Parse(configuration[key] ?? "");
        }
        catch (FormatException)
        {
            throw new StartupException($"{key} must be an address such as http://127.0.0.1:{DaemonArguments.DefaultPort}.");
        }
    }

    private static void EnsureFree(BindingAddress address, string what)
    {
        try
        {
            var ip = IPAddress.TryParse(address.Host, out var given) ? given : IPAddress.Loopback;
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(ip, address.Port));
            socket.Listen();
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new StartupException($"Port {address.Port} for {what} is taken by another process; choose another with --port.");
        }
        catch (SocketException e)
        {
            throw new StartupException($"Port {address.Port} for {what} cannot be used ({e.Message}); choose another with --port.");
        }
    }
}

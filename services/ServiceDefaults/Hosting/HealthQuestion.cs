using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>Asks the service that runs on this machine whether it is ready: the health check of a container, whose image has no other program to ask with.</summary>
public static class HealthQuestion
{
    /// <summary>The argument that makes a program ask instead of serve.</summary>
    public const string Argument = "--health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Asks, and prints what <c>/readyz</c> answers.</summary>
    /// <param name="listens">Where the health endpoint listens, as the settings have it.</param>
    /// <returns>The exit code: 0 where the service is ready, 1 where it is not.</returns>
    public static async Task<int> AskAsync(string? listens)
    {
        try
        {
            var (status, body) = await AskAsync(new Uri(LocalUrl(BindingAddress.Parse(listens ?? ""))));
            Console.WriteLine(body);
            return status is >= 200 and < 300 ? 0 : 1;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or FormatException)
        {
            await Console.Error.WriteLineAsync($"The health endpoint {listens} does not answer: {e.Message}");
            return 1;
        }
    }

    // Over a bare socket: this runs every few seconds in each container, and HttpClient alone costs several times as much CPU as the rest of the process. In
    // HTTP/1.0 the end of the connection is the end of the body (RFC 1945, section 7.2).
    private static async Task<(int Status, string Body)> AskAsync(Uri url)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.DnsSafeHost, url.Port, patience.Token);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /readyz HTTP/1.0\r\nHost: {url.Authority}\r\n\r\n"), patience.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(patience.Token);
        var parts = answer.Split("\r\n\r\n", 2);
        var words = parts[0].Split(' ', 3);
        return parts.Length == 2 && words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? (status, parts[1])
            : throw new FormatException("what it answers is not HTTP");
    }

    /// <summary>An address to listen at, as this machine reaches it: every address is 127.0.0.1 too.</summary>
    public static string LocalUrl(BindingAddress address)
    {
        var host = IPAddress.TryParse(address.Host, out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? address.Host : "127.0.0.1";
        return $"{address.Scheme}://{host}:{address.Port}";
    }
}

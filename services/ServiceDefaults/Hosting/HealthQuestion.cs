using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>
/// Asks the service that runs on this machine whether it is ready. Containers use this as their health check, since their images have no
/// other HTTP client.
/// </summary>
public static class HealthQuestion
{
    /// <summary>The command-line argument with which a program asks instead of serving.</summary>
    public const string Argument = "--health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Asks, and prints what <c>/readyz</c> answers.</summary>
    /// <param name="listens">The URL at which the health endpoint listens, as it stands in the settings.</param>
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

    // Uses a plain socket: this runs every few seconds in each container, and HttpClient alone would cost several times as much CPU as the
    // rest of the process. In HTTP/1.0 the body ends with the connection (RFC 1945, section 7.2).
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
            : throw new FormatException("its answer is not HTTP");
    }

    /// <summary>The URL by which this machine reaches a listener. A listener on all addresses is reached at 127.0.0.1.</summary>
    public static string LocalUrl(BindingAddress address)
    {
        var host = IPAddress.TryParse(address.Host, out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? address.Host : "127.0.0.1";
        return $"{address.Scheme}://{host}:{address.Port}";
    }
}

using System.Net;
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
            var url = LocalUrl(BindingAddress.Parse(listens ?? ""));
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await http.GetAsync(new Uri($"{url}/readyz"));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or FormatException)
        {
            await Console.Error.WriteLineAsync($"The health endpoint {listens} does not answer: {e.Message}");
            return 1;
        }
    }

    /// <summary>An address to listen at, as this machine reaches it: every address is 127.0.0.1 too.</summary>
    public static string LocalUrl(BindingAddress address)
    {
        var host = IPAddress.TryParse(address.Host, out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? address.Host : "127.0.0.1";
        return $"{address.Scheme}://{host}:{address.Port}";
    }
}

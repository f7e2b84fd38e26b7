using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Skypunch.Bench.Processes;

namespace Skypunch.Bench.MailSink;

/// <summary>The hidden verb <c>mailsink</c>: a separate process with a mail server that accepts every mail.</summary>
internal static class MailSinkVerb
{
    public static async Task RunAsync()
    {
        var log = new MailLog();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog: 1024);
        _ = AcceptAsync(listener, log);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await Orders.ObeyAsync($"ready {port}", order => Obey(order, log));
    }

    private static async Task AcceptAsync(TcpListener listener, MailLog log)
    {
        while (true)
        {
            var socket = await listener.AcceptSocketAsync();
            socket.NoDelay = true;
            _ = new SmtpSession(socket, log, TimeProvider.System).RunAsync();
        }
    }

    private static string Obey(string[] order, MailLog log)
    {
        switch (order)
        {
            case ["count"]:
                return log.Count.ToString(CultureInfo.InvariantCulture);
            case ["write", var path]:
                log.Write(path);
                return "done";
            default:
                throw new ArgumentException($"The mail sink does not know '{string.Join(' ', order)}'.", nameof(order));
        }
    }
}

using System.Globalization;
using System.Net.Security;
using Skypunch.Bench.Processes;

namespace Skypunch.Bench.WebServer;

/// <summary>The hidden verb <c>serve FOLDER</c>: the web server in a separate process, which takes orders on its standard input.</summary>
internal static class ServeVerb
{
    public static async Task RunAsync(string folder)
    {
        var clock = TimeProvider.System;
        var arrivals = new ArrivalLog();
        var failing = new FailingTargets();
        var server = new WebServer(arrivals, failing, clock);
        var authority = Path.Combine(folder, "ca.pem");
        var certificate = ServerCertificate.Make(authority, clock.GetUtcNow());
        var http = server.Listen();
        var https = server.Listen(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
        });
        await Orders.ObeyAsync($"ready {http} {https} {authority}", order => Obey(order, arrivals, failing));
    }

    private static string Obey(string[] order, ArrivalLog arrivals, FailingTargets failing)
    {
        switch (order)
        {
            case ["fail", "all"]:
                failing.AddAll();
                return "done";
            case ["fail", var id]:
                failing.Add(int.Parse(id, CultureInfo.InvariantCulture));
                return "done";
            case ["pass", "all"]:
                failing.Clear();
                return "done";
            case ["reset"]:
                arrivals.Reset();
                return "done";
            case ["count"]:
                return arrivals.Count.ToString(CultureInfo.InvariantCulture);
            case ["write", var path]:
                arrivals.Write(path);
                return "done";
            default:
                throw new ArgumentException($"The web server does not know '{string.Join(' ', order)}'.", nameof(order));
        }
    }
}

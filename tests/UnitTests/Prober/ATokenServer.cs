using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Skypunch.UnitTests.Prober;

/// <summary>
/// A server that issues tokens at <c>/token</c> (RFC 6749, section 4.4), and a service at <c>/service</c> that requires such a token.
/// </summary>
internal sealed class ATokenServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _logins;

    private ATokenServer(WebApplication app) => _app = app;

    public int Logins => Volatile.Read(ref _logins);

    /// <summary>The forms of the logins, with their Authorization headers.</summary>
    public List<(string Authorization, Dictionary<string, string> Form)> Asked { get; } = [];

    /// <summary>The answer to a login; null for success.</summary>
    public (int Status, string Body)? Answer { get; set; }

    /// <summary>The URL to which a login is redirected; null for no redirect.</summary>
    public string? Location { get; set; }

    /// <summary>Which tokens the service accepts. The tokens are "token-1", "token-2" and so on.</summary>
    public Func<string, bool> Takes { get; set; } = _ => true;

    public string Url => _app.Urls.First();

    public static async Task<ATokenServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var server = new ATokenServer(app);
        app.MapPost("/token", server.LogInAsync);
        app.MapGet("/service", server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task LogInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        lock (Asked)
        {
            Asked.Add((context.Request.Headers.Authorization.ToString(), form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())));
        }

        var login = Interlocked.Increment(ref _logins);
        var (status, body) = Answer ?? (200, $$"""{"access_token":"token-{{login}}","token_type":"bearer","expires_in":3600}""");
        context.Response.StatusCode = status;
        if (Location is not null)
        {
            context.Response.Headers.Location = Location;
        }

        await context.Response.WriteAsync(body);
    }

    private Task ServeAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        context.Response.StatusCode = authorization.StartsWith("Bearer ", StringComparison.Ordinal) && Takes(authorization[7..]) ? 200 : 401;
        return context.Response.WriteAsync($"You sent {authorization}");
    }
}

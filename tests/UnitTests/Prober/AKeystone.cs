using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Prober;

/// <summary>
/// A server that answers as Keystone does. Under <c>/service</c> it is also a service that accepts Keystone's tokens and is in the catalog
/// as "compute".
/// </summary>
internal sealed class AKeystone : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _logins;

    private AKeystone(WebApplication app) => _app = app;

    public int Logins => Volatile.Read(ref _logins);

    /// <summary>The paths and bodies of the logins.</summary>
    public List<(string Path, JsonElement Body)> Bodies { get; } = [];

    /// <summary>The headers of the requests to the service.</summary>
    public List<Dictionary<string, string>> Asked { get; } = [];

    /// <summary>The paths and queries of the requests to the service.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>The status of the answer to a login; 0 for success.</summary>
    public int RefuseWith { get; set; }

    /// <summary>Whether logins for a project are refused with a 401, which Keystone also gives for a wrong password.</summary>
    public bool RefusesProjects { get; set; }

    /// <summary>How long a token lasts.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The message of a refused login.</summary>
    public string Message { get; set; } = "Not you, with hunter2.";

    /// <summary>The task that a login waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Which tokens the service accepts. The tokens are "token-1", "token-2" and so on.</summary>
    public Func<string, bool> Takes { get; set; } = _ => true;

    /// <summary>The service's answer to an accepted token.</summary>
    public (int Status, string Body) Answer { get; set; } = (200, "{}");

    public required TimeProvider Clock { get; init; }

    public string Url => _app.Urls.First();

    public static async Task<AKeystone> StartAsync(TimeProvider? clock = null, X509Certificate2? certificate = null)
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
        var keystone = new AKeystone(app) { Clock = clock ?? TimeProvider.System };
        app.MapGet("/", context => WriteAsync(context, 300, """{"versions":{"values":[{"id":"v3.14","status":"stable"}]}}"""));
        app.MapGet("/old", context => WriteAsync(context, 300, """{"versions":{"values":[{"id":"v2.0","status":"stable"}]}}"""));
        app.MapGet("/elsewhere", context => WriteAsync(
            context, 300, """{"versions":{"values":[{"id":"v3.14","status":"stable","links":[{"rel":"self","href":"/v3/"}]}]}}"""));
        app.MapPost("/moved/v3/auth/tokens", context =>
        {
            context.Response.Headers.Location = "/v3/auth/tokens";
            return WriteAsync(context, 307, "");
        });
        app.MapPost("/v3/auth/tokens", keystone.LogInAsync);
        app.MapPost("/old/v2.0/tokens", keystone.LogInAsync);
        app.MapGet("/service/{**path}", keystone.ServeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return keystone;
    }

    /// <summary>A job that probes the service.</summary>
    /// <param name="parameters">The login.</param>
    /// <param name="endpoint">The URL of Keystone; {0} stands for this server.</param>
    public ProbeJob Job(string parameters = "user=me,password=hunter2,tenantid=t", string endpoint = "{0}/v3")
    {
        var at = endpoint.Replace("{0}", Url, StringComparison.Ordinal);
        return AProbe.Job($"{Url}/service").Basic($"{parameters},osauthendpoint={at}") with { Authn = AuthnParameters.OpenStack };
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task LogInAsync(HttpContext context)
    {
        var token = $"token-{Interlocked.Increment(ref _logins)}";
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        lock (Bodies)
        {
            Bodies.Add((context.Request.Path, body.RootElement.Clone()));
        }

        await Gate;
        context.Response.Headers["x-openstack-request-id"] = "req-of-keystone";
        var expires = (Clock.GetUtcNow() + TokenLife).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        if (RefuseWith != 0 || (RefusesProjects && body.RootElement.ToString().Contains("\"project\"", StringComparison.Ordinal)))
        {
            var status = RefuseWith == 0 ? 401 : RefuseWith;
            await WriteAsync(context, status, $$$"""{"error":{"code":{{{status}}},"message":"{{{Message}}}","title":"No"}}""");
        }
        else if (context.Request.Path.Value!.Contains("v2.0", StringComparison.Ordinal))
        {
            await WriteAsync(context, 200, $$$"""
                {"access":{"token":{"id":"{{{token}}}","expires":"{{{expires}}}"},"serviceCatalog":[{"type":"compute","name":"nova","endpoints":
                    [{"region":"RegionOne","publicURL":"{{{Url}}}/service/v2/t","internalURL":"http://127.0.0.1:9/","adminURL":"no"}]}]}}
                """);
        }
        else
        {
            context.Response.Headers["X-Subject-Token"] = token;
            await WriteAsync(context, 201, $$$"""
                {"token":{"expires_at":"{{{expires}}}","catalog":[{"type":"compute","name":"nova","endpoints":[
                    {"interface":"internal","region_id":"RegionOne","region":"RegionOne","url":"http://127.0.0.1:9/"},
                    {"interface":"public","region_id":"RegionOne","region":"RegionOne","url":"{{{Url}}}/service/v2.1/t"},
                    {"interface":"public","region_id":"RegionTwo","region":"RegionTwo","url":"{{{Url}}}/service/two"}]}]}}
                """);
        }
    }

    private Task ServeAsync(HttpContext context)
    {
        lock (Asked)
        {
            Asked.Add(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            Paths.Add($"{context.Request.Path}{context.Request.QueryString}");
        }

        var token = context.Request.Headers["X-Auth-Token"].ToString();
        context.Response.Headers["x-openstack-request-id"] = "req-of-the-service";
        context.Response.Headers.Server = token; // a service that repeats the token
        return Takes(token) ? WriteAsync(context, Answer.Status, Answer.Body) : WriteAsync(context, 401, "{}");
    }

    private static Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(json, context.RequestAborted);
    }
}

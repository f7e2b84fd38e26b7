using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.UnitTests.Hosting;

/// <summary>The two ports, and pages in a browser that try to use them.</summary>
public sealed class DoorTests : IAsyncDisposable
{
    private const string Call = "/skypunch.admin.v1.SystemService/GetSystemStatus";

    private readonly WebApplication _app = Build();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData(Call, HttpStatusCode.NotFound)] // even with the right token
    [InlineData("/grpc.health.v1.Health/Check", HttpStatusCode.NotFound)]
    [InlineData("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", HttpStatusCode.NotFound)]
    public async Task The_health_port_answers_what_is_its_own(string path, HttpStatusCode expected)
    {
        await _app.StartAsync(Cancellation);

        using var response = await SendAsync(Address(health: true), path, path[1] is 'h' or 'r' or 'm' ? HttpMethod.Get : HttpMethod.Post);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task The_admin_port_answers_nothing_of_the_health_port(string path)
    {
        await _app.StartAsync(Cancellation);

        using var response = await SendAsync(Address(health: false), path, HttpMethod.Get);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(true, "evil.example.net:7414", null)]
    [InlineData(true, null, "http://evil.example.net")]
    [InlineData(true, "evil.example.net", "http://evil.example.net")] // the name of the page now resolves to this machine
    [InlineData(false, "evil.example.net:7413", null)]
    [InlineData(false, null, "http://evil.example.net")]
    [InlineData(false, null, "null")]
    public async Task A_foreign_page_reaches_neither_port(bool health, string? host, string? origin)
    {
        await _app.StartAsync(Cancellation);

        using var response = await SendAsync(Address(health), "/healthz", HttpMethod.Get, host, origin);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_client_of_the_api_is_told_what_to_do()
    {
        await _app.StartAsync(Cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Host = "skypunch.example.com";
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(Address(health: false), new() { HttpClient = http });

        var error = await Assert.ThrowsAsync<RpcException>(() => new SystemService.SystemServiceClient(channel)
            .GetSystemStatusAsync(new GetSystemStatusRequest(), cancellationToken: Cancellation).ResponseAsync);

        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        Assert.Contains("Admin:AllowedHosts", error.Status.Detail);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(string address, string path, HttpMethod method, string? host = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, address + path)
        {
            Version = new Version(address == Address(health: true) ? 1 : 2, address == Address(health: true) ? 1 : 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Authorization = new("Bearer", AdminChannel.Token);
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await _http.SendAsync(request, Cancellation);
    }

    // Kestrel lists its addresses in the order of the endpoints' names.
    private string Address(bool health)
        => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(health ? 1 : 0);

    private static WebApplication Build()
    {
        var builder = TestHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Admin:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Admin:Protocols"] = "Http2",
            ["Kestrel:Endpoints:Health:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Health:Protocols"] = "Http1",
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Admin:Token"] = AdminChannel.Token,
        });
        builder.Services.AddHealthChecks().AddCheck("always", () => HealthCheckResult.Healthy(), [ReadyTag.Name]);
        builder.AddServiceDefaults();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGrpcService<ASystem>();
        return app;
    }

    private sealed class ASystem : SystemService.SystemServiceBase
    {
        public override Task<GetSystemStatusResponse> GetSystemStatus(GetSystemStatusRequest request, ServerCallContext context)
            => Task.FromResult(new GetSystemStatusResponse());
    }
}

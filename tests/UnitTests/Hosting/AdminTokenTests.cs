using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
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

public sealed class AdminTokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("s3cr3t", "Bearer s3cr3t", StatusCode.OK)]
    [InlineData("s3cr3t", "bearer s3cr3t", StatusCode.OK)]
    [InlineData("s3cr3t", null, StatusCode.Unauthenticated)]
    [InlineData("s3cr3t", "Bearer wrong", StatusCode.Unauthenticated)]
    [InlineData("s3cr3t", "s3cr3t", StatusCode.Unauthenticated)]
    public async Task A_call_must_show_the_token(string token, string? header, StatusCode expected)
    {
        await using var app = await StartAsync(token);
        using var channel = GrpcChannel.ForAddress(AddressOf(app));
        var headers = header is null ? [] : new Metadata { { "authorization", header } };

        var status = await StatusOfAsync(new SystemService.SystemServiceClient(channel)
            .GetSystemStatusAsync(new GetSystemStatusRequest(), headers, cancellationToken: Cancellation).ResponseAsync);
        var health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancellation);

        Assert.Equal(expected, status);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7413")] // a page in a browser on this machine can call it, too
    [InlineData("http://localhost:7413")]
    [InlineData("http://0.0.0.0:7413")]
    [InlineData("http://*:7413")]
    [InlineData("http://[::]:7413")]
    [InlineData("http://192.0.2.1:7413")]
    public void Without_a_token_no_admin_api_is_served(string url)
    {
        var error = Assert.Throws<StartupException>(() => Builder(null, url));

        Assert.Contains(url, error.Message);
        Assert.Contains("set Admin:Token or Admin:TokenFile", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_token_that_is_empty_by_mistake_opens_nothing(string token)
    {
        var error = Assert.Throws<StartupException>(() => Builder(token, "http://127.0.0.1:7413"));

        Assert.Contains("is empty", error.Message);
    }

    private static async Task<WebApplication> StartAsync(string? token)
    {
        var app = Builder(token, "http://127.0.0.1:0").Build();
        app.MapServiceDefaults();
        app.MapGrpcService<ASystem>();
        await app.StartAsync(Cancellation);
        return app;
    }

    private static WebApplicationBuilder Builder(string? token, string url)
    {
        var builder = TestHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Admin:Url"] = url,
            ["Kestrel:Endpoints:Admin:Protocols"] = "Http2",
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Admin:Token"] = token,
        });
        builder.Services.AddHealthChecks().AddCheck("always", () => HealthCheckResult.Healthy());
        return builder.AddServiceDefaults();
    }

    private static string AddressOf(WebApplication app)
        => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private static async Task<StatusCode> StatusOfAsync(Task call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private sealed class ASystem : SystemService.SystemServiceBase
    {
        public override Task<GetSystemStatusResponse> GetSystemStatus(GetSystemStatusRequest request, ServerCallContext context)
            => Task.FromResult(new GetSystemStatusResponse());
    }
}

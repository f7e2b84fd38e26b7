using System.Globalization;
using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Skypunch.TestBed;

/// <summary>
/// A real Keystone, and a service behind keystonemiddleware. In the catalog this service is "compute", which answers with the project of a
/// valid token and the requested path. The catalog also has "block-storage", whose Keystone does not exist.
/// <c>tests/images/keystone/bootstrap</c> creates the users.
/// </summary>
public sealed class KeystoneServer : ContainerServer
{
    /// <summary>A user of the domain Default, with a role on <see cref="Project"/> and no role on the project "forbidden".</summary>
    public const string User = "skypunch";

    /// <summary>The password of <see cref="User"/>, and of the user "probe" of the domain "Cloud" with the project "watch".</summary>
    public const string Password = "s3cret-word";

    public const string Project = "ops";

    /// <summary>An application credential of <see cref="User"/>.</summary>
    public const string ApplicationCredential = "monitor";

    public const string ApplicationCredentialSecret = "s3cret-of-monitor";

    private readonly int _port = FreePort();
    private readonly int _servicePort = FreePort();

    /// <summary>The URL of Keystone, without a version.</summary>
    public string Url => $"http://{Host}:{_port}";

    /// <summary>An id that Keystone has assigned.</summary>
    /// <param name="kind">"user", "project" or "application_credential".</param>
    public async Task<string> IdAsync(string kind)
    {
        var container = await ContainerAsync();
        using var ids = JsonDocument.Parse(await container.ReadFileAsync("/srv/ids.json", TestContext.Current.CancellationToken));
        return ids.RootElement.GetProperty(kind).GetString()!;
    }

    /// <summary>Revokes a token.</summary>
    public async Task RevokeAsync(string token)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Url}/v3/auth/tokens");
        request.Headers.Add("X-Auth-Token", token);
        request.Headers.Add("X-Subject-Token", token);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private protected override IContainer Build()
        => new ContainerBuilder(ContainerEngine.Image("KEYSTONE", "skypunch-test/keystone"))
            .WithLogger(NullLogger.Instance)
            .WithLabel(ContainerEngine.RunLabel, ContainerEngine.Run)
            .WithEnvironment("KEYSTONE_PORT", _port.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("SERVICE_PORT", _servicePort.ToString(CultureInfo.InvariantCulture))
            .WithPortBinding(_port, _port) // the container uses the same ports, as the catalog names them
            .WithPortBinding(_servicePort, _servicePort)
            .WithWaitStrategy(Wait.ForUnixContainer()
                .UntilHttpRequestIsSucceeded(ask => ask.ForPort((ushort)_port).ForPath("/v3"))
                .UntilInternalTcpPortIsAvailable(_servicePort))
            .Build();
}

#pragma warning disable SA1402, CA1812 // as in CustomResources.cs
namespace Skypunch.UnitTests.Deployment;

/// <summary>The ExternalSecret object of the External Secrets operator.</summary>
internal sealed class ExternalSecret : CustomResources.Custom<ExternalSecretSpec>;

internal sealed record ExternalSecretSpec
{
    public string RefreshInterval { get; set; } = "";

    public CustomResources.Reference SecretStoreRef { get; set; } = new();

    public CustomResources.Reference Target { get; set; } = new();

    public List<ExternalSecretEntry> Data { get; set; } = [];
}

internal sealed record ExternalSecretEntry
{
    public string SecretKey { get; set; } = "";

    public ExternalSecretSource RemoteRef { get; set; } = new();
}

internal sealed record ExternalSecretSource
{
    public string Key { get; set; } = "";

    public string Property { get; set; } = "";
}

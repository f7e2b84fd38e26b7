using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class TlsParametersTests
{
    [Theory]
    [InlineData("skip_verify", "yes", "skip_verify must be true or false")]
    [InlineData("ca", "nonsense", "ca must be one or more certificates in PEM: -----BEGIN CERTIFICATE----- …")]
    [InlineData("server_name", "a b", "server_name must be a host name")]
    [InlineData("client_key", "x", "client_certificate is missing, but there is a client_key: give both")]
    [InlineData("client_certificate", "x", "client_key is missing, but there is a client_certificate: give both")]
    [InlineData("cert", "x", "part 1 has a key that is not known: use skip_verify, ca, client_certificate, client_key, server_name")]
    public void A_fault_is_named_with_its_remedy(string parameter, string value, string words)
        => Assert.Equal([words], FaultsOf((parameter, value)));

    [Fact]
    public void A_key_must_be_that_of_the_certificate()
    {
        var (certificate, key) = Pair();
        var (_, other) = Pair();

        Assert.Empty(FaultsOf(("client_certificate", certificate), ("client_key", key), ("ca", certificate), ("skip_verify", "true"), ("server_name", "a.example")));
        Assert.Equal(
            ["client_key must be the key of client_certificate, both in PEM, the key not encrypted"],
            FaultsOf(("client_certificate", certificate), ("client_key", other)));
    }

    private static IEnumerable<string> FaultsOf(params (string Key, string Value)[] parameters)
        => TlsParameters.Faults(parameters.ToDictionary(p => p.Key, p => p.Value)).Select(fault => $"{fault.Parameter} {fault.Words}");

    private static (string Certificate, string Key) Pair()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=me", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

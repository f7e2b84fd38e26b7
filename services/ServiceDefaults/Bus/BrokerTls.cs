using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MassTransit;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// TLS to the broker, versions 1.2 and 1.3. The broker's certificate must have its name, and must be signed by an authority that the system
/// trusts or that <c>RabbitMq:CaFile</c> has. MassTransit's default accepts any signer, so an attacker in the broker's place would get the
/// password.
/// </summary>
internal sealed class BrokerTls
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly string? _serverName;

    /// <summary>Reads the authorities of the settings.</summary>
    /// <exception cref="StartupException">The file cannot be read, has no certificates, or is given although TLS is off.</exception>
    public BrokerTls(BrokerTlsOptions options, bool isUsed)
    {
        _serverName = options.ServerName;
        if (options.CaFile is not { Length: > 0 } file)
        {
            return;
        }

        if (!isUsed)
        {
            throw new StartupException("RabbitMq:CaFile is given, but no TLS: set RabbitMq:UseSsl to true, or leave RabbitMq:CaFile out.");
        }

        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"RabbitMq:CaFile must name a PEM file of certificate authorities, and '{file}' cannot be read: {e.Message}");
        }

        if (_authorities.Count == 0)
        {
            throw new StartupException($"RabbitMq:CaFile must name a PEM file of certificate authorities, and there is none in '{file}'.");
        }
    }

    /// <summary>Configures a connection.</summary>
    /// <param name="tls">MassTransit's settings of the connection.</param>
    /// <param name="host">The broker's host.</param>
    public void Use(IRabbitMqSslConfigurator tls, string host)
    {
#pragma warning disable CA5398 // neither older versions, which the system may still allow, nor newer ones, which are not tested here
        tls.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398
        tls.ServerName = _serverName is { Length: > 0 } name ? name : host;
        tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable);
        tls.CertificateValidationCallback = (_, certificate, chain, errors) => errors is SslPolicyErrors.None
            || (errors is SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 shown && IsSignedByOurs(shown, chain));
    }

    // Called where the name is right, but the system does not trust the signer.
    private bool IsSignedByOurs(X509Certificate2 shown, X509Chain? sent)
    {
        if (_authorities.Count == 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate); // intermediate certificates that the broker has sent
        }

        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // as for the system's authorities
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // id-kp-serverAuth, RFC 5280
        return chain.Build(shown);
    }
}

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MassTransit;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// TLS to the broker: versions 1.2 and 1.3; its certificate must be of its name, and signed by an authority of the system's or of ours. MassTransit by itself lets any signer pass, and whoever answered in
/// the broker's place would get its password.
/// </summary>
internal sealed class BrokerTls
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly string? _serverName;

    /// <summary>Reads the authorities.</summary>
    /// <exception cref="StartupException">The file cannot be read, or is of no use.</exception>
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

    /// <summary>Has a connection use it.</summary>
    /// <param name="tls">MassTransit's settings of the connection.</param>
    /// <param name="host">The broker's host.</param>
    public void Use(IRabbitMqSslConfigurator tls, string host)
    {
#pragma warning disable CA5398 // neither older versions, which the system may still allow, nor newer ones, which nobody has tried here
        tls.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398
        tls.ServerName = _serverName is { Length: > 0 } name ? name : host;
        tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable);
        tls.CertificateValidationCallback = (_, certificate, chain, errors) => errors is SslPolicyErrors.None
            || (errors is SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 shown && IsOfOurs(shown, chain));
    }

    // The name is right, and the system knows no signer of it.
    private bool IsOfOurs(X509Certificate2 shown, X509Chain? sent)
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
            chain.ChainPolicy.ExtraStore.Add(element.Certificate); // those between
        }

        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // as with the system's
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // of a server
        return chain.Build(shown);
    }
}

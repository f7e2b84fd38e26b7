using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Prober.Http;

/// <summary>
/// Whose certificates are trusted: the system's authorities and those of <see cref="ProberOptions.TrustedCaFile"/>. Nothing is downloaded
/// while a certificate is
/// checked, neither missing intermediates nor revocation lists: a third party's server must not decide about a target, nor hold up its
/// deadline.
/// </summary>
internal sealed class TlsTrust
{
    private readonly X509Certificate2Collection? _ownRoots;
    private readonly Lazy<X509Certificate2Collection> _systemRoots = new(ReadSystemRoots);

    public TlsTrust(IOptions<ProberOptions> options) => _ownRoots = options.Value.TrustedCaFile is { } file ? Read(file) : null;

    /// <summary>The rules for one handshake.</summary>
    /// <param name="ca">Authorities that are trusted for this one, too, in PEM; null: no others.</param>
    public X509ChainPolicy NewPolicy(string? ca = null)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (_ownRoots is null && ca is null)
        {
            return policy;
        }

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_systemRoots.Value);
        policy.CustomTrustStore.AddRange(_ownRoots ?? []);
        if (ca is not null)
        {
            policy.CustomTrustStore.ImportFromPem(ca);
        }

        return policy;
    }

    private static X509Certificate2Collection Read(string file)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found.Count > 0 ? found : throw new StartupException($"Prober:TrustedCaFile has no certificate in it: {file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"Prober:TrustedCaFile cannot be read: {e.Message}");
        }
    }

    private static X509Certificate2Collection ReadSystemRoots()
    {
        var roots = new X509Certificate2Collection();
        foreach (var location in new[] { StoreLocation.LocalMachine, StoreLocation.CurrentUser })
        {
            using var store = new X509Store(StoreName.Root, location, OpenFlags.ReadOnly);
            roots.AddRange(store.Certificates);
        }

        return roots;
    }
}

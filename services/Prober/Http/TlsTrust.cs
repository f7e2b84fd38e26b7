using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Skypunch.Prober.Settings;
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

    /// <summary>
    /// The rules for one handshake. They trust the system's authorities only, which the runtime keeps at hand: to hand all of them over together with our own would
    /// cost each handshake as much as three. What that finds untrusted, <c>Judge</c> decides.
    /// </summary>
    /// <param name="ca">Authorities that are trusted for this one, too; null: no others.</param>
    public X509ChainPolicy NewPolicy(X509Certificate2Collection? ca)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ExtraStore.AddRange(_ownRoots ?? []);
        policy.ExtraStore.AddRange(ca ?? []);
        return policy;
    }

    /// <summary>The faults of a chain that was built by <see cref="NewPolicy"/>, with our own authorities trusted, too.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="ca">As before.</param>
    public X509ChainStatusFlags Judge(X509Chain chain, X509Certificate2Collection? ca) => Judge(chain, ca, out _);

    /// <summary>The same, and when the first certificate ends on the path that was judged: a server may also send others, such as an old root's.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="ca">As before.</param>
    /// <param name="firstEnd">In UTC; null where there is no path.</param>
    public X509ChainStatusFlags Judge(X509Chain chain, X509Certificate2Collection? ca, out DateTimeOffset? firstEnd)
    {
        firstEnd = FirstEnd(chain);
        var faults = FaultsOf(chain);
        if (chain.ChainElements.Count == 0 || (faults & CertificateJudge.Trust) == 0 || (_ownRoots is null && ca is null))
        {
            return faults;
        }

        if (!faults.HasFlag(X509ChainStatusFlags.NotSignatureValid) && IsOwn(chain.ChainElements[^1].Certificate, ca))
        {
            return faults & ~X509ChainStatusFlags.UntrustedRoot;
        }

        // The server may have shown a way to another root than ours.
        using var again = new X509Chain { ChainPolicy = NewFullPolicy(ca) };
        again.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        foreach (var use in chain.ChainPolicy.ApplicationPolicy)
        {
            again.ChainPolicy.ApplicationPolicy.Add(use);
        }

        again.Build(chain.ChainElements[0].Certificate);
        var faultsOfAgain = FaultsOf(again);
        firstEnd = faultsOfAgain == X509ChainStatusFlags.NoError ? FirstEnd(again) : firstEnd;
        return faultsOfAgain;
    }

    /// <summary>Rules that trust all authorities by themselves, for whoever asks seldom.</summary>
    /// <param name="ca">Authorities that are trusted beside the others; null: none.</param>
    public X509ChainPolicy NewFullPolicy(X509Certificate2Collection? ca = null)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (_ownRoots is not null || ca is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_systemRoots.Value);
            policy.CustomTrustStore.AddRange(_ownRoots ?? []);
            policy.CustomTrustStore.AddRange(ca ?? []);
        }

        return policy;
    }

    private bool IsOwn(X509Certificate2 root, X509Certificate2Collection? ca) => IsAmong(root, _ownRoots) || IsAmong(root, ca);

    // By its bytes. What the class calls equal has the same issuer and serial number, and those anybody can write into a certificate.
    private static bool IsAmong(X509Certificate2 root, X509Certificate2Collection? roots)
        => roots?.Any(own => own.RawDataMemory.Span.SequenceEqual(root.RawDataMemory.Span)) is true;

    private static DateTimeOffset? FirstEnd(X509Chain chain)
        => chain.ChainElements.Count > 0 ? chain.ChainElements.Min(element => element.Certificate.NotAfter.ToUniversalTime()) : null;

    private static X509ChainStatusFlags FaultsOf(X509Chain chain)
        => chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);

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

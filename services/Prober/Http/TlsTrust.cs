using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Skypunch.Prober.Settings;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Prober.Http;

/// <summary>
/// Whose certificates are trusted: the system's authorities and those of <see cref="ProberOptions.TrustedCaFile"/>. Nothing is downloaded
/// while a certificate is checked, neither missing intermediates nor revocation lists: a third party's server must not decide about a
/// target, nor use up its deadline.
/// </summary>
internal sealed class TlsTrust
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1"); // RFC 5280, section 4.2.1.12

    private readonly X509Certificate2Collection? _ownRoots;
    private readonly Lazy<X509Certificate2Collection> _systemRoots = new(ReadSystemRoots);

    public TlsTrust(IOptions<ProberOptions> options) => _ownRoots = options.Value.TrustedCaFile is { } file ? Read(file) : null;

    /// <summary>
    /// The policy for the handshake itself, which trusts nobody. The runtime builds a path at each handshake whether or not the path is
    /// needed; without authorities to search, the path costs next to nothing. <see cref="ChainVerdicts"/> says whether a certificate is good.
    /// </summary>
    public static X509ChainPolicy NewEmptyPolicy()
    {
        var policy = NewPolicy();
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        return policy;
    }

    /// <summary>Builds the path from a server's certificate to an authority, and says what is wrong with the path.</summary>
    /// <param name="sent">The certificates that the server sent, its own first, each as DER.</param>
    /// <param name="ca">Authorities that are trusted beside the others; null: none.</param>
    /// <param name="now">The time for which the path is judged.</param>
    public ChainVerdict Judge(ReadOnlyMemory<byte>[] sent, X509Certificate2Collection? ca, DateTimeOffset now)
    {
        var certificate = X509CertificateLoader.LoadCertificate(sent[0].Span);
        X509Certificate2Collection others = [.. sent[1..].Select(der => X509CertificateLoader.LoadCertificate(der.Span))];

        // The runtime keeps the system's authorities loaded. A policy that lists all of them together with our own costs as much as three handshakes.
        var quick = NewPolicy();
        quick.ExtraStore.AddRange(_ownRoots ?? []);
        quick.ExtraStore.AddRange(ca ?? []);
        var (verdict, root) = Build(certificate, others, quick, now);
        if ((verdict.Faults & CertificateJudge.Trust) == 0 || (_ownRoots is null && ca is null))
        {
            return verdict;
        }

        if (!verdict.Faults.HasFlag(X509ChainStatusFlags.NotSignatureValid) && (IsAmong(root, _ownRoots) || IsAmong(root, ca)))
        {
            return verdict with { Faults = verdict.Faults & ~X509ChainStatusFlags.UntrustedRoot };
        }

        // The server may have sent a path to another root than ours.
        return Build(certificate, others, NewFullPolicy(ca), now).Verdict;
    }

    /// <summary>A policy that trusts all authorities by itself, for callers that seldom need one.</summary>
    /// <param name="ca">Authorities that are trusted beside the others; null: none.</param>
    public X509ChainPolicy NewFullPolicy(X509Certificate2Collection? ca = null)
    {
        var policy = NewPolicy();
        if (_ownRoots is not null || ca is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_systemRoots.Value);
            policy.CustomTrustStore.AddRange(_ownRoots ?? []);
            policy.CustomTrustStore.AddRange(ca ?? []);
        }

        return policy;
    }

    private static (ChainVerdict Verdict, byte[] Root) Build(X509Certificate2 certificate, X509Certificate2Collection others, X509ChainPolicy policy, DateTimeOffset now)
    {
        policy.ExtraStore.AddRange(others);
        policy.ApplicationPolicy.Add(ServerAuthentication);
        policy.VerificationTime = now.LocalDateTime;
        using var chain = new X509Chain { ChainPolicy = policy };
        chain.Build(certificate);
        var path = chain.ChainElements.Select(element => element.Certificate).DefaultIfEmpty(certificate).ToArray();
        var verdict = new ChainVerdict(
            certificate,
            CertificateFacts.Of(certificate),
            chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status),
            path.Max(element => element.NotBefore.ToUniversalTime()),
            path.Min(element => element.NotAfter.ToUniversalTime()));
        return (verdict, path[^1].RawData);
    }

    private static X509ChainPolicy NewPolicy() => new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };

    // The bytes are compared. The class calls two certificates equal by issuer and serial number, which anybody can write into a
    // certificate.
    private static bool IsAmong(ReadOnlySpan<byte> root, X509Certificate2Collection? roots)
    {
        foreach (var own in roots ?? [])
        {
            if (own.RawDataMemory.Span.SequenceEqual(root))
            {
                return true;
            }
        }

        return false;
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

using System.Security.Cryptography.X509Certificates;

namespace Skypunch.Prober.Http;

/// <summary>What was found of a server's certificate and of its path to an authority. Times are UTC.</summary>
/// <param name="Certificate">The server's certificate.</param>
/// <param name="Facts">What the certificate says.</param>
/// <param name="Faults">All faults of the path; none: the certificate is trusted.</param>
/// <param name="From">When the last certificate of the path begins to be valid.</param>
/// <param name="FirstEnd">When the first certificate of the path ends. A server may send others beside the path, such as an old root's.</param>
internal sealed record ChainVerdict(X509Certificate2 Certificate, CertificateFacts Facts, X509ChainStatusFlags Faults, DateTimeOffset From, DateTimeOffset FirstEnd)
{
    /// <summary>Whether the same certificates would be judged alike at another time: no certificate of the path begins or ends in between.</summary>
    /// <param name="time">The other time.</param>
    public bool HoldsAt(DateTimeOffset time) => (Faults & CertificateJudge.Time) == 0 && From <= time && time <= FirstEnd;
}

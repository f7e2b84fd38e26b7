namespace Skypunch.Prober.Probing;

/// <summary>When a certificate ends, and which server has shown it.</summary>
internal sealed record CertificateEnd(DateTimeOffset NotAfter, string Host);

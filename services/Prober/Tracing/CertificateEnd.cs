namespace Skypunch.Prober.Tracing;

/// <summary>When a certificate ends, and which server has sent it.</summary>
internal sealed record CertificateEnd(DateTimeOffset NotAfter, string Host);

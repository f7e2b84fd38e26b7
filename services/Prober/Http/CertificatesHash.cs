using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Skypunch.Prober.Http;

/// <summary>A SHA-256 hash of certificates in their order.</summary>
internal readonly record struct CertificatesHash(UInt128 High, UInt128 Low)
{
    /// <summary>The hash of certificates as DER, which tells its own length: no two lists have the same bytes.</summary>
    public static CertificatesHash Of(ReadOnlyMemory<byte>[] certificates)
    {
        var length = certificates.Sum(certificate => certificate.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var at = 0;
            foreach (var certificate in certificates)
            {
                certificate.Span.CopyTo(bytes.AsSpan(at));
                at += certificate.Length;
            }

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, length), hash);
            return new CertificatesHash(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

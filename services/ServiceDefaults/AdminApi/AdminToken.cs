using System.Security.Cryptography;
using System.Text;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>The token that a caller of the admin API must show.</summary>
internal sealed class AdminToken(string? token)
{
    private readonly byte[]? _hash = string.IsNullOrWhiteSpace(token) ? null : Hash(token);

    public bool IsSet => _hash is not null;

    // Hashes have one length, so that the time of the comparison tells nothing of the token.
    public bool Matches(string shown) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(shown));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Skypunch.Scheduler.Access;

/// <summary>
/// The secret of a session or a code: 256 random bits, as base64url. A store that is read by others gives no access, as it has the hash alone;
/// one round of SHA-256 is enough for what cannot be guessed.
/// </summary>
internal static class SessionSecret
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

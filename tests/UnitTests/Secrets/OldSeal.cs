using System.Security.Cryptography;
using System.Text;

namespace Skypunch.UnitTests.Secrets;

/// <summary>Seals a text as earlier releases did: <c>enc:v1:</c>, bound to its table only, with the single secret itself.</summary>
internal static class OldSeal
{
    public const string Targets = "targets.authn_parms";
    public const string Notifiers = "notifiers.params";

    public static string Seal(byte[] key, string purpose, string plain)
    {
        var (nonce, tag, text) = (RandomNumberGenerator.GetBytes(12), new byte[16], Encoding.UTF8.GetBytes(plain));
        var cipher = new byte[text.Length];
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, text, cipher, tag, Encoding.UTF8.GetBytes(purpose));
        return $"enc:v1:{Convert.ToBase64String([.. nonce, .. tag, .. cipher])}";
    }
}

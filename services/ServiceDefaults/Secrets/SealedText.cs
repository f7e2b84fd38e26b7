using System.Security.Cryptography;
using System.Text;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>A text sealed with AES-256-GCM: a prefix that names the format, then nonce, tag and cipher text in base64.</summary>
internal static class SealedText
{
    private static readonly int NonceSize = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagSize = AesGcm.TagByteSizes.MaxSize;

    public static string Close(string prefix, byte[] key, byte[] bound, string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var box = new byte[NonceSize + TagSize + text.Length];
        var nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, text, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), bound);
        return prefix + Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">The text was sealed with another key or bound to another place, or is damaged.</exception>
    public static string Open(string prefix, byte[] key, byte[] bound, string sealedText)
    {
        var box = Decode(sealedText.AsSpan(prefix.Length));
        if (box.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The secret is not a sealed text.");
        }

        var plain = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), plain, bound);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException("The secret was sealed with another key or for another place, or is damaged.", e);
        }

        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Decode(ReadOnlySpan<char> base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64Chars(base64, bytes, out var length) ? bytes[..length] : [];
    }
}

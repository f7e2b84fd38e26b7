using System.Security.Cryptography;
using System.Text;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// Seals texts with AES-256-GCM, as <c>enc:v1:</c> and the base64 of nonce, tag and cipher text. The purpose is authenticated with the text: what was
/// sealed for one purpose does not open for another. While keys are changed, a second one opens too, and seals nothing.
/// </summary>
public sealed class SecretBox
{
    /// <summary>The purpose of a target's secrets: the authentication's parameters, headers, body and TLS parameters.</summary>
    public const string TargetPurpose = "targets.authn_parms";

    /// <summary>The purpose of a notifier's parameters.</summary>
    public const string NotifierPurpose = "notifiers.params";

    /// <summary>The length of the key in bytes.</summary>
    public const int KeyBytes = 32;

    private const string Prefix = "enc:v1:";

    private readonly byte[] _key;
    private readonly byte[]? _otherKey;

    /// <summary>Makes a box with its key.</summary>
    /// <param name="key">What seals and opens.</param>
    /// <param name="otherKey">What opens where the key does not; null: nothing.</param>
    /// <exception cref="ArgumentException">A key is not 32 bytes long.</exception>
    public SecretBox(byte[] key, byte[]? otherKey = null)
    {
        _key = Checked(key);
        _otherKey = otherKey is null ? null : Checked(otherKey);
    }

    /// <summary>Whether there is a second key, that is, whether keys are being changed.</summary>
    public bool HasOtherKey => _otherKey is not null;

    /// <summary>Whether a text is a sealed one.</summary>
    public static bool IsSealed(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Seals a text.</summary>
    public string Seal(string purpose, string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var nonceSize = AesGcm.NonceByteSizes.MaxSize;
        var tagSize = AesGcm.TagByteSizes.MaxSize;
        var box = new byte[nonceSize + tagSize + text.Length];
        var nonce = box.AsSpan(0, nonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, tagSize);
        aes.Encrypt(nonce, text, box.AsSpan(nonceSize + tagSize), box.AsSpan(nonceSize, tagSize), Encoding.UTF8.GetBytes(purpose));
        return Prefix + Convert.ToBase64String(box);
    }

    /// <summary>Opens a sealed text.</summary>
    /// <exception cref="CryptographicException">The text was sealed with another key or for another purpose, or is damaged.</exception>
    public string Open(string purpose, string sealedText)
    {
        try
        {
            return Open(_key, purpose, sealedText);
        }
        catch (AuthenticationTagMismatchException) when (_otherKey is not null)
        {
            return Open(_otherKey, purpose, sealedText);
        }
    }

    /// <summary>Seals again what only the second key opens.</summary>
    /// <returns>The text, sealed with the key; null where it is so already.</returns>
    /// <exception cref="CryptographicException">Neither key opens it.</exception>
    public string? Reseal(string purpose, string sealedText)
    {
        try
        {
            Open(_key, purpose, sealedText);
            return null;
        }
        catch (AuthenticationTagMismatchException) when (_otherKey is not null)
        {
            return Seal(purpose, Open(_otherKey, purpose, sealedText));
        }
    }

    private static byte[] Checked(byte[] key)
        => key.Length == KeyBytes ? key : throw new ArgumentException($"The key must have {KeyBytes} bytes.", nameof(key));

    private static string Open(byte[] key, string purpose, string sealedText)
    {
        var nonceSize = AesGcm.NonceByteSizes.MaxSize;
        var tagSize = AesGcm.TagByteSizes.MaxSize;
        var box = IsSealed(sealedText) ? Decode(sealedText[Prefix.Length..]) : [];
        if (box.Length < nonceSize + tagSize)
        {
            throw new CryptographicException("The secret is not a sealed text.");
        }

        var plain = new byte[box.Length - nonceSize - tagSize];
        using var aes = new AesGcm(key, tagSize);
        aes.Decrypt(
            box.AsSpan(0, nonceSize),
            box.AsSpan(nonceSize + tagSize),
            box.AsSpan(nonceSize, tagSize),
            plain,
            Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : [];
    }
}

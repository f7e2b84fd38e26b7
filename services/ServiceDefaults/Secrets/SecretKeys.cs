using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// The keys that a process has been given: the keys of its purposes, or the single secret from which the key of every purpose is derived
/// (HKDF-Expand of RFC 5869 with SHA-256 and the text <c>skypunch PURPOSE</c>; <c>deploy/make-secrets</c> does the same).
/// </summary>
public sealed class SecretKeys
{
    /// <summary>The length of each key in bytes.</summary>
    public const int Bytes = 32;

    private readonly Dictionary<SecretPurpose, byte[]> _keys;

    private SecretKeys(Dictionary<SecretPurpose, byte[]> keys, byte[]? secret)
    {
        _keys = keys;
        Single = secret;
    }

    /// <summary>The single secret; null where the process has only the keys of its purposes.</summary>
    internal byte[]? Single { get; }

    /// <summary>Derives the keys from a single secret.</summary>
    /// <exception cref="ArgumentException">The secret is not 32 bytes long.</exception>
    public static SecretKeys Of(byte[] secret)
        => secret.Length == Bytes
            ? new(Enum.GetValues<SecretPurpose>().ToDictionary(purpose => purpose, purpose => Derive(secret, purpose)), secret)
            : throw new ArgumentException($"The key must have {Bytes} bytes.", nameof(secret));

    /// <summary>
    /// Reads keys. A single word in base64 is the single secret. Words such as <c>targets:BASE64 jobs:BASE64</c>, separated by spaces or
    /// line ends, are the keys of purposes.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SecretKeys? keys)
    {
        keys = null;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is [var only] && !only.Contains(':', StringComparison.Ordinal))
        {
            keys = TryDecode(only, out var secret) ? Of(secret) : null;
            return keys is not null;
        }

        var found = new Dictionary<SecretPurpose, byte[]>();
        foreach (var word in words)
        {
            var known = Enum.GetValues<SecretPurpose>().Where(p => word.StartsWith(SecretPlace.NameOf(p) + ":", StringComparison.Ordinal)).ToList();
            if (known is not [var purpose] || !TryDecode(word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..], out var key) || !found.TryAdd(purpose, key))
            {
                return false;
            }
        }

        keys = new SecretKeys(found, null);
        return found.Count > 0;
    }

    /// <summary>The key of a purpose; null where this process does not have it.</summary>
    internal byte[]? For(SecretPurpose purpose) => _keys.GetValueOrDefault(purpose);

    private static byte[] Derive(byte[] secret, SecretPurpose purpose)
        => HKDF.Expand(HashAlgorithmName.SHA256, secret, Bytes, Encoding.UTF8.GetBytes($"skypunch {SecretPlace.NameOf(purpose)}"));

    private static bool TryDecode(string base64, out byte[] key)
    {
        key = new byte[Bytes + 1];
        var isKey = Convert.TryFromBase64String(base64, key, out var length) && length == Bytes;
        Array.Resize(ref key, Bytes);
        return isKey;
    }
}

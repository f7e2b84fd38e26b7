using System.Security.Cryptography;
using System.Text;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// Seals texts, each with its purpose's key and bound to its place, as <c>enc:v2:…</c>. A text of the releases before, <c>enc:v1:…</c>, was sealed with the single secret and
/// bound to its table only: it opens where the single secret is given, and is sealed anew by who finds it. While keys are changed, a second set opens too, and seals nothing.
/// </summary>
public sealed class SecretBox
{
    /// <summary>What travels in place of a secret that its sender cannot open. It opens nowhere, so that who gets it fails as he would with the secret itself.</summary>
    public const string Unopened = Prefix + "-";

    private const string Prefix = "enc:v2:";
    private const string OldPrefix = "enc:v1:";

    private readonly SecretKeys _keys;
    private readonly SecretKeys? _otherKeys;

    /// <summary>Makes a box with its keys.</summary>
    /// <param name="keys">What seals and opens.</param>
    /// <param name="otherKeys">What opens where the keys do not; null: nothing.</param>
    public SecretBox(SecretKeys keys, SecretKeys? otherKeys = null)
    {
        _keys = keys;
        _otherKeys = otherKeys;
    }

    /// <summary>Makes a box with a single secret, of which each purpose's key is derived.</summary>
    /// <param name="key">What seals and opens.</param>
    /// <param name="otherKey">What opens where the key does not; null: nothing.</param>
    /// <exception cref="ArgumentException">A key is not 32 bytes long.</exception>
    public SecretBox(byte[] key, byte[]? otherKey = null)
        : this(SecretKeys.Of(key), otherKey is null ? null : SecretKeys.Of(otherKey))
    {
    }

    /// <summary>Whether there is a second set of keys, that is, whether keys are being changed.</summary>
    public bool HasOtherKey => _otherKeys is not null;

    /// <summary>Whether a text is a sealed one, of this format or of the one before.</summary>
    public static bool IsSealed(string text) => IsOfToday(text) || text.StartsWith(OldPrefix, StringComparison.Ordinal);

    /// <summary>Whether a text is sealed in the format of today.</summary>
    public static bool IsOfToday(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether this process has the key of a purpose.</summary>
    public bool Has(SecretPurpose purpose) => _keys.For(purpose) is not null;

    /// <summary>Seals a text for its place, whatever it begins with.</summary>
    public string Seal(SecretPlace place, string plain)
        => SealedText.Close(Prefix, KeyOf(_keys, place), place.ToBytes(), plain);

    /// <summary>Opens a sealed text at its place.</summary>
    /// <exception cref="CryptographicException">It was sealed with another key or for another place, or is damaged.</exception>
    public string Open(SecretPlace place, string sealedText)
    {
        try
        {
            return Open(_keys, place, sealedText);
        }
        catch (CryptographicException) when (_otherKeys is not null)
        {
            return Open(_otherKeys, place, sealedText);
        }
    }

    /// <summary>Seals a sealed text again where it is of the format before, or only the second set of keys opens it.</summary>
    /// <returns>The text, sealed with the key; null where it is so already.</returns>
    /// <exception cref="CryptographicException">No key opens it.</exception>
    public string? Reseal(SecretPlace place, string sealedText)
        => IsOfToday(sealedText) && Opens(_keys, place, sealedText) ? null : Seal(place, Open(place, sealedText));

    private bool Opens(SecretKeys keys, SecretPlace place, string sealedText)
    {
        try
        {
            Open(keys, place, sealedText);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private string Open(SecretKeys keys, SecretPlace place, string sealedText)
    {
        if (sealedText == Unopened)
        {
            throw new CryptographicException("The Scheduler could not open this secret: it was sealed with another key, or for another row or column.");
        }

        if (IsOfToday(sealedText))
        {
            return SealedText.Open(Prefix, KeyOf(keys, place), place.ToBytes(), sealedText);
        }

        if (!IsSealed(sealedText))
        {
            throw new CryptographicException("The secret is not a sealed text.");
        }

        var single = keys.Single ?? throw new CryptographicException(
            "The secret was sealed by a release before this one, with the single secret that this process is not given any more: let Secrets:OtherKey give it.");
        var plain = SealedText.Open(OldPrefix, single, OldBinding(place.Purpose), sealedText);

        // A replica of the release before takes a text of today's format for a plain one and seals it once more: what is in it is as good as it was.
        return IsOfToday(plain) ? Open(place, plain) : plain;
    }

    private static byte[] KeyOf(SecretKeys keys, SecretPlace place)
        => keys.For(place.Purpose) ?? throw new CryptographicException($"This process is not given the key for {SecretPlace.NameOf(place.Purpose)}.");

    private static byte[] OldBinding(SecretPurpose purpose)
        => Encoding.UTF8.GetBytes(purpose is SecretPurpose.Notifiers ? "notifiers.params" : "targets.authn_parms");
}

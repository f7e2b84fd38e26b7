using System.Security.Cryptography;
using System.Text;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// Seals texts as <c>enc:v2:…</c>, each with the key of its purpose and bound to its place. A text of older releases, <c>enc:v1:…</c>, was
/// sealed with the single secret and bound to its table only. Such a text can be opened where the single secret is given, and the code that
/// finds it seals it again. While keys are being changed, a second set of keys opens texts too, but seals none.
/// </summary>
public sealed class SecretBox
{
    /// <summary>
    /// What the Scheduler sends in a job in place of a secret that it cannot open. It cannot be opened anywhere, so the Prober fails as it
    /// would with the secret itself.
    /// </summary>
    public const string Unopened = Prefix + "-";

    /// <summary>As a pattern of SQL: every sealed text, of whatever format.</summary>
    public const string SealedPattern = "enc:v_:%";

    /// <summary>As a pattern of SQL: the texts of formats before the current one, which are sealed anew.</summary>
    public const string OldPattern = $"{OldPrefix}%";

    private const string Prefix = "enc:v2:";
    private const string OldPrefix = "enc:v1:";

    private readonly SecretKeys _keys;
    private readonly SecretKeys? _otherKeys;

    /// <summary>Makes a box with its keys.</summary>
    /// <param name="keys">The keys that seal and open texts.</param>
    /// <param name="otherKeys">The keys that open a text where the first ones do not; null: there are none.</param>
    public SecretBox(SecretKeys keys, SecretKeys? otherKeys = null)
    {
        _keys = keys;
        _otherKeys = otherKeys;
    }

    /// <summary>Makes a box with a single secret, from which each purpose's key is derived.</summary>
    /// <param name="key">The secret whose keys seal and open texts.</param>
    /// <param name="otherKey">The secret whose keys open a text where those of the first do not; null: there is none.</param>
    /// <exception cref="ArgumentException">A key is not 32 bytes long.</exception>
    public SecretBox(byte[] key, byte[]? otherKey = null)
        : this(SecretKeys.Of(key), otherKey is null ? null : SecretKeys.Of(otherKey))
    {
    }

    /// <summary>Whether there is a second set of keys, that is, whether keys are being changed.</summary>
    public bool HasOtherKey => _otherKeys is not null;

    /// <summary>Whether a text is sealed, in the current or in the older format.</summary>
    public static bool IsSealed(string text) => IsOfToday(text) || text.StartsWith(OldPrefix, StringComparison.Ordinal);

    /// <summary>Whether a text is sealed in the current format.</summary>
    public static bool IsOfToday(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether this process has the key of a purpose.</summary>
    public bool Has(SecretPurpose purpose) => _keys.For(purpose) is not null;

    /// <summary>Seals a text for its place, even a text that looks sealed already.</summary>
    public string Seal(SecretPlace place, string plain)
        => SealedText.Close(Prefix, KeyOf(_keys, place), place.ToBytes(), plain);

    /// <summary>Opens a sealed text at its place.</summary>
    /// <exception cref="CryptographicException">The text was sealed with another key or for another place, or is damaged.</exception>
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

    /// <summary>Seals a sealed text again where it is in the older format, or where only the second set of keys opens it.</summary>
    /// <returns>The text as it is sealed now; null where nothing had to be done.</returns>
    /// <exception cref="CryptographicException">No key opens the text.</exception>
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
            "The secret was sealed by an older release with the single secret, which this process no longer has: give the single secret as Secrets:OtherKey.");
        var plain = SealedText.Open(OldPrefix, single, OldBinding(place.Purpose), sealedText);

        // A replica of an older release takes a text in the current format for a plain text and seals it once more. Then the text inside is
        // opened.
        return IsOfToday(plain) ? Open(place, plain) : plain;
    }

    private static byte[] KeyOf(SecretKeys keys, SecretPlace place)
        => keys.For(place.Purpose) ?? throw new CryptographicException($"This process is not given the key for {SecretPlace.NameOf(place.Purpose)}.");

    private static byte[] OldBinding(SecretPurpose purpose)
        => Encoding.UTF8.GetBytes(purpose is SecretPurpose.Notifiers ? "notifiers.params" : "targets.authn_parms");
}

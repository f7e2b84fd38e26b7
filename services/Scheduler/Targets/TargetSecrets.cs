using System.Security.Cryptography;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Targets;

/// <summary>
/// A target's secret columns: sealed for their row and column. A text may be plain where a hand has written it, or of the format before, until a claim has sealed it.
/// </summary>
internal static class TargetSecrets
{
    /// <summary>The place of a secret.</summary>
    public static SecretPlace PlaceOf(long id, string column) => SecretPlace.InRow(SecretPurpose.Targets, column, id);

    /// <summary>What is to be written in place of a text that is plain or of the format before; null: nothing, it is right as it stands, or does not open.</summary>
    public static string? SealIfNeeded(this SecretBox secrets, SecretPlace place, string? stored)
        => string.IsNullOrEmpty(stored) || SecretBox.IsOfToday(stored) || !secrets.TryOpen(place, stored, out var plain) ? null : secrets.Seal(place, plain);

    /// <summary>The text sealed; where the stored one holds the same, that one, as a new seal would look like a change.</summary>
    public static string? SealAgain(this SecretBox secrets, SecretPlace place, string? text, string? stored)
        => !string.IsNullOrEmpty(stored) && SecretBox.IsSealed(stored) && secrets.OpenOrEmpty(place, stored) == text ? stored
            : string.IsNullOrEmpty(text) ? null
            : secrets.Seal(place, text); // also where it looks like a sealed text: that of another target's secret would be opened for this one

    /// <summary>The plain text; empty where there is none, or none that opens.</summary>
    public static string OpenOrEmpty(this SecretBox secrets, SecretPlace place, string? stored)
        => string.IsNullOrEmpty(stored) || !secrets.TryOpen(place, stored, out var plain) ? "" : plain;

    /// <summary>The secret as it travels in a job; null where there is none.</summary>
    /// <remarks>One that does not open is no reason to keep the job back: the Prober fails with it, and so it is told as each fault of ours.</remarks>
    public static string? Travelling(this SecretBox secrets, SecretPlace place, string? stored, SecretPlace inJob)
        => string.IsNullOrEmpty(stored) ? null
            : secrets.TryOpen(place, stored, out var plain) ? secrets.Seal(inJob, plain)
            : SecretBox.Unopened;

    private static bool TryOpen(this SecretBox secrets, SecretPlace place, string stored, out string plain)
    {
        try
        {
            plain = SecretBox.IsSealed(stored) ? secrets.Open(place, stored) : stored;
            return true;
        }
        catch (CryptographicException)
        {
            plain = "";
            return false;
        }
    }
}

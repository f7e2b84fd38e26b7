using System.Security.Cryptography;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Targets;

/// <summary>A target's secret columns: sealed, or plain where a hand has written them and no claim has sealed them yet.</summary>
internal static class TargetSecrets
{
    /// <summary>The text sealed; one that is sealed already stays as it is, and no text is null.</summary>
    public static string? SealOnce(this SecretBox secrets, string? stored)
        => string.IsNullOrEmpty(stored) ? null : SecretBox.IsSealed(stored) ? stored : secrets.Seal(SecretBox.TargetPurpose, stored);

    /// <summary>The text sealed; where the stored one holds the same, that one, as a new seal would look like a change.</summary>
    public static string? SealAgain(this SecretBox secrets, string? text, string? stored)
        => !string.IsNullOrEmpty(stored) && SecretBox.IsSealed(stored) && secrets.OpenOrEmpty(stored) == text ? stored
            : string.IsNullOrEmpty(text) ? null
            : secrets.Seal(SecretBox.TargetPurpose, text); // also where it looks like a sealed text: that of another target's secret would be opened for this one

    /// <summary>The plain text; empty where there is none, or none that our key opens.</summary>
    public static string OpenOrEmpty(this SecretBox secrets, string? stored)
    {
        if (string.IsNullOrEmpty(stored) || !SecretBox.IsSealed(stored))
        {
            return stored ?? "";
        }

        try
        {
            return secrets.Open(SecretBox.TargetPurpose, stored);
        }
        catch (CryptographicException)
        {
            return "";
        }
    }
}

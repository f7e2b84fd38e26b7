using System.Security.Cryptography;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Model;

/// <summary>
/// A target's secret columns, which are sealed for their row and column. A text may be plain because it was edited by hand in SQL, or be in
/// the older sealed format, until the next claim has sealed it.
/// </summary>
internal static class TargetSecrets
{
    /// <summary>The place of a secret.</summary>
    public static SecretPlace PlaceOf(long id, string column) => SecretPlace.InRow(SecretPurpose.Targets, column, id);

    /// <summary>
    /// Seals a text that is plain or in the older format; null: the text stays, since it is sealed as it should be, or cannot be opened.
    /// </summary>
    public static string? SealIfNeeded(this SecretBox secrets, SecretPlace place, string? stored)
        => string.IsNullOrEmpty(stored) || SecretBox.IsOfToday(stored) || !secrets.TryOpen(place, stored, out var plain) ? null : secrets.Seal(place, plain);

    /// <summary>
    /// Seals a text. Where the stored text holds the same secret, the stored text is returned: a new seal differs each time, and would look
    /// like a change.
    /// </summary>
    public static string? SealAgain(this SecretBox secrets, SecretPlace place, string? text, string? stored)
        => !string.IsNullOrEmpty(stored) && SecretBox.IsSealed(stored) && secrets.OpenOrEmpty(place, stored) == text ? stored
            : string.IsNullOrEmpty(text) ? null
            : secrets.Seal(place, text); // even if it looks sealed: it may be copied from another target

    /// <summary>The plain text; empty where there is none, or where it cannot be opened.</summary>
    public static string OpenOrEmpty(this SecretBox secrets, SecretPlace place, string? stored)
        => string.IsNullOrEmpty(stored) || !secrets.TryOpen(place, stored, out var plain) ? "" : plain;

    /// <summary>The secret, sealed for its place in a job; null where there is none.</summary>
    /// <remarks>
    /// A secret that cannot be opened does not stop the job. The Prober then cannot probe the target, and reports that like any other fault
    /// of Skypunch's own.
    /// </remarks>
    public static string? SealForJob(this SecretBox secrets, SecretPlace place, string? stored, SecretPlace inJob)
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

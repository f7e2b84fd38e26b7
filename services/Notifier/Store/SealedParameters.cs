using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Notifier.Store;

/// <summary>Seals and opens a notifier's parameters.</summary>
internal sealed class SealedParameters(NotifierDb db, SecretBox box, WriteAheadLog<NotifierDb>? log = null)
{
    /// <summary>The column that holds the parameters.</summary>
    public const string Column = "params";

    /// <summary>Seals parameters for a notifier, which must have its id.</summary>
    public string Seal(StoredNotifier notifier, string plain) => box.Seal(PlaceOf(notifier), plain);

    /// <summary>
    /// Opens the parameters, for use at once. Parameters that were written by hand in SQL without a seal, or that an earlier release sealed
    /// for the table and not for the row, are first sealed in the table.
    /// </summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They were sealed with another key or for another notifier, or
    /// are damaged.</exception>
    public async Task<string?> OpenAsync(StoredNotifier notifier, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(notifier.Params))
        {
            return null;
        }

        var stored = notifier.Params;
        var plain = SecretBox.IsSealed(stored) ? box.Open(PlaceOf(notifier), stored) : stored;
        if (!SecretBox.IsOfToday(stored))
        {
            var secret = Seal(notifier, plain);
            await db.Notifiers.Where(n => n.Id == notifier.Id && n.Params == stored)
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.Params, secret), cancellationToken);
            log?.EmptySoon();
        }

        return plain;
    }

    private static SecretPlace PlaceOf(StoredNotifier notifier) => SecretPlace.InRow(SecretPurpose.Notifiers, Column, notifier.Id);
}

using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Notifier.Notifiers;

/// <summary>Seals and opens a notifier's parameters.</summary>
internal sealed class SealedParameters(NotifierDb db, SecretBox box, WriteAheadLog<NotifierDb>? log = null)
{
    /// <summary>The column that holds them.</summary>
    public const string Column = "params";

    /// <summary>The parameters of a notifier that has its id, sealed for it.</summary>
    public string Seal(StoredNotifier notifier, string plain) => box.Seal(PlaceOf(notifier), plain);

    /// <summary>The parameters in plain, for use at once. Those that a hand wrote into the table in plain, or a release before sealed for the table only, are sealed there first.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They were sealed with another key or for another notifier, or are damaged.</exception>
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

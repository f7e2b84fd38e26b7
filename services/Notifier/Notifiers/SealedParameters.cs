using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Notifier.Notifiers;

/// <summary>Seals and opens a notifier's parameters.</summary>
internal sealed class SealedParameters(NotifierDb db, SecretBox box)
{
    public string Seal(string plain) => box.Seal(SecretBox.NotifierPurpose, plain);

    /// <summary>The parameters in plain, for use at once. Those that a hand wrote into the table in plain are sealed there first.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They were sealed with another key, or are damaged.</exception>
    public async Task<string?> OpenAsync(StoredNotifier notifier, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(notifier.Params))
        {
            return null;
        }

        if (SecretBox.IsSealed(notifier.Params))
        {
            return box.Open(SecretBox.NotifierPurpose, notifier.Params);
        }

        var plain = notifier.Params;
        var secret = Seal(plain);
        await db.Notifiers.Where(n => n.Id == notifier.Id && n.Params == plain)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.Params, secret), cancellationToken);
        return plain;
    }
}

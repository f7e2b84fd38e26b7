using System.Collections.Concurrent;
using System.Security.Cryptography;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Finds sealed columns that no key of this process opens, so that the target's status line can say so. (A Prober cannot open them either,
/// so the target's probes give no result.) Columns are checked only when their hash differs from that of the last check.
/// </summary>
internal sealed class SealedColumns(SecretBox secrets)
{
    private readonly ConcurrentDictionary<long, int> _checked = new(); // the hash of a target's sealed columns by its id

    /// <summary>
    /// What is wrong with the sealed columns of a target. Empty where nothing is wrong, or where these columns were checked before.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="checkedNow">
    /// Gets the target and the hash of its columns, for <see cref="Remember"/> once the transaction is committed that reports the faults.
    /// </param>
    public IReadOnlyList<string> NewFaults(Target target, List<(long Id, int Hash)> checkedNow)
    {
        if (target is { AuthnParms: null, Headers: null, Body: null, TlsParms: null, Proxy: null, QuerySecrets: null })
        {
            return [];
        }

        var hash = HashCode.Combine(target.AuthnParms, target.Headers, target.Body, target.TlsParms, target.Proxy, target.QuerySecrets);
        if (_checked.TryGetValue(target.Id, out var known) && known == hash)
        {
            return [];
        }

        checkedNow.Add((target.Id, hash));
        (string Column, string? Text)[] columns =
        [
            (SecretNames.Authn, target.AuthnParms), (SecretNames.Headers, target.Headers), (SecretNames.Body, target.Body), (SecretNames.Tls, target.TlsParms),
            (SecretNames.Proxy, target.Proxy), (SecretNames.QuerySecrets, target.QuerySecrets),
        ];
        return [.. columns.Where(column => !Opens(target.Id, column.Column, column.Text))
            .Select(column => $"the column {column.Column} was sealed with another key or for another row, or is damaged")];
    }

    /// <summary>Remembers what was checked, so that it is not reported again.</summary>
    public void Remember(List<(long Id, int Hash)> checkedNow)
    {
        foreach (var (id, hash) in checkedNow)
        {
            _checked[id] = hash;
        }
    }

    private bool Opens(long id, string column, string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) || !SecretBox.IsSealed(text) || secrets.Open(TargetSecrets.PlaceOf(id, column), text) is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

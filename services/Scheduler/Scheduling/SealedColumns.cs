using System.Collections.Concurrent;
using System.Security.Cryptography;
using Skypunch.Contracts;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Notices sealed columns that no key of this process opens, so that their target says so: its probes end without a result, as a Prober can do no more. What was
/// looked at once is known by its hash.
/// </summary>
internal sealed class SealedColumns(SecretBox secrets)
{
    private readonly ConcurrentDictionary<long, int> _known = new();

    /// <summary>What is wrong with the sealed columns of a target; none where nothing is, or where it was told already.</summary>
    /// <param name="target">The target.</param>
    /// <param name="looked">Takes what <see cref="Remember"/> is to be told when the transaction is committed that tells of it.</param>
    public IReadOnlyList<string> NewFaults(Target target, List<(long Id, int Hash)> looked)
    {
        if (target is { AuthnParms: null, Headers: null, Body: null, TlsParms: null, Proxy: null, QuerySecrets: null })
        {
            return [];
        }

        var hash = HashCode.Combine(target.AuthnParms, target.Headers, target.Body, target.TlsParms, target.Proxy, target.QuerySecrets);
        if (_known.TryGetValue(target.Id, out var known) && known == hash)
        {
            return [];
        }

        looked.Add((target.Id, hash));
        (string Column, string? Text)[] columns =
        [
            (SecretNames.Authn, target.AuthnParms), (SecretNames.Headers, target.Headers), (SecretNames.Body, target.Body), (SecretNames.Tls, target.TlsParms),
            (SecretNames.Proxy, target.Proxy), (SecretNames.QuerySecrets, target.QuerySecrets),
        ];
        return [.. columns.Where(column => !Opens(target.Id, column.Column, column.Text))
            .Select(column => $"the column {column.Column} was sealed with another key or for another row, or is damaged")];
    }

    /// <summary>What was looked at is not told again.</summary>
    public void Remember(List<(long Id, int Hash)> looked)
    {
        foreach (var (id, hash) in looked)
        {
            _known[id] = hash;
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

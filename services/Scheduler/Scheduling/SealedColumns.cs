using System.Collections.Concurrent;
using System.Security.Cryptography;
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
    public IReadOnlyList<string> NewFaults(Target target)
    {
        if (target is { AuthnParms: null, Headers: null, Body: null, TlsParms: null })
        {
            return [];
        }

        var hash = HashCode.Combine(target.AuthnParms, target.Headers, target.Body, target.TlsParms);
        if (_known.TryGetValue(target.Id, out var known) && known == hash)
        {
            return [];
        }

        _known[target.Id] = hash;
        (string Column, string? Text)[] columns =
            [("authn_parms", target.AuthnParms), ("headers", target.Headers), ("body", target.Body), ("tls_parms", target.TlsParms)];
        return [.. columns.Where(column => !Opens(column.Text)).Select(column => $"the column {column.Column} was sealed with another key, or is damaged")];
    }

    private bool Opens(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) || !SecretBox.IsSealed(text) || secrets.Open(SecretBox.TargetPurpose, text) is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

using Skypunch.Contracts.Texts;

namespace Skypunch.Scheduler.Targets;

/// <summary>
/// Puts the secrets that the API does not show back into what a caller has read, changed and sent again: the empty value of a secret header or a secret parameter of the query, the empty key
/// of a client certificate that is the same, the password of a proxy and user that are the same. Pure.
/// </summary>
internal static class KeptSecrets
{
    /// <summary>Fills the secrets of the stored target into the changed one.</summary>
    public static void Restore(Admin.V1.Target stored, Admin.V1.Target changed)
    {
        var values = stored.Headers.Where(header => HeaderText.IsSecret(header.Name)).ToList();
        foreach (var header in changed.Headers.Where(header => HeaderText.IsSecret(header.Name)))
        {
            // A name may stand twice: the first takes the first value, the second the second.
            var kept = values.Find(value => value.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase));
            if (kept is not null)
            {
                header.Value = header.Value.Length == 0 ? kept.Value : header.Value;
                values.Remove(kept);
            }
        }

        var parameters = stored.QuerySecrets.ToList();
        foreach (var parameter in changed.QuerySecrets)
        {
            var kept = parameters.Find(other => other.Name == parameter.Name);
            if (kept is not null)
            {
                parameter.Value = parameter.Value.Length == 0 ? kept.Value : parameter.Value;
                parameters.Remove(kept);
            }
        }

        changed.Proxy = ProxyOf(stored.Proxy, changed.Proxy);
        if (changed.Tls is { ClientKey.Length: 0, ClientCertificate.Length: > 0 } tls && tls.ClientCertificate == stored.Tls?.ClientCertificate)
        {
            tls.ClientKey = stored.Tls.ClientKey;
        }
    }

    private static string ProxyOf(string stored, string changed)
        => ProxyUrl.Read(changed, out var proxy) is null && proxy is { Password: null, User.Length: > 0 } && ProxyUrl.Read(stored, out var before) is null && proxy.IsSameAs(before!)
            ? stored
            : changed;
}

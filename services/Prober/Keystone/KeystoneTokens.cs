using System.Diagnostics.Metrics;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>The tokens of Keystone, one per identity.</summary>
internal sealed class KeystoneTokens(KeystoneClient client, IMeterFactory meters, LostTime lostTime, TimeProvider clock)
{
    private readonly LoginSessions<KeystoneToken> _sessions = new(new LoginMetrics(meters, "keystone", "Keystone"), lostTime, clock);

    /// <summary>The login that brings, or has brought, a token that is still good for a while, or why there is none; and whether it still runs.</summary>
    public (LoginAttempt<KeystoneToken> Attempt, bool Waits) Get(KeystoneIdentity identity) => _sessions.Get(identity.Key, () => LoginOf(identity, client));

    /// <summary>A service refused a token.</summary>
    /// <returns>Whether it was dropped, so that a new login may help.</returns>
    public bool Refuse(KeystoneIdentity identity, KeystoneToken token) => _sessions.Refuse(identity.Key, token);

    private static Login<KeystoneToken> LoginOf(KeystoneIdentity identity, KeystoneClient client) => new()
    {
        Words = KeystoneAdvice.Words,
        Url = identity.Endpoint.Url,
        RunAsync = (wasRefused, calls, cancellationToken) => client.LogInAsync(identity, inSteps: wasRefused, calls, cancellationToken),
    };
}

using System.Diagnostics.Metrics;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Pauses;

namespace Skypunch.Prober.Keystone;

/// <summary>The tokens of Keystone, one per identity.</summary>
internal sealed class KeystoneTokens(KeystoneClient client, IMeterFactory meters, LostTime lostTime, TimeProvider clock)
{
    private readonly LoginSessions<KeystoneToken> _sessions = new(new LoginMetrics(meters, "keystone", "Keystone"), lostTime, clock);

    /// <summary>
    /// The login of an identity, which gives a token that can still be used, or says why there is none; and whether the login still runs.
    /// </summary>
    public (LoginAttempt<KeystoneToken> Attempt, bool Waits) Get(KeystoneIdentity identity) => _sessions.Get(identity.Key, () => LoginOf(identity, client));

    /// <summary>Notes that a service refused a token.</summary>
    /// <returns>Whether the token was dropped, so that a new login may help.</returns>
    public bool Refuse(KeystoneIdentity identity, KeystoneToken token) => _sessions.Refuse(identity.Key, token);

    private static Login<KeystoneToken> LoginOf(KeystoneIdentity identity, KeystoneClient client) => new()
    {
        Words = KeystoneAdvice.Words,
        Url = identity.Endpoint.Url,
        RunAsync = (wasRefused, calls, cancellationToken) => client.LogInAsync(identity, inSteps: wasRefused, calls, cancellationToken),
    };
}

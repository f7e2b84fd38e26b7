using System.Collections.Concurrent;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// The tokens of this Prober, one per identity, however many targets share it. Every password login costs Keystone a bcrypt and too many
/// refused ones lock the account: so one login at a time per identity, and a pause after one that failed.
/// </summary>
internal sealed class KeystoneTokens(KeystoneClient client, KeystoneMetrics metrics, Probing.LostTime lostTime, TimeProvider clock)
{
    private const int MostIdentities = 10_000;

    private readonly ConcurrentDictionary<string, KeystoneSession> _sessions = new();

    /// <summary>The login that brings, or has brought, a token that is still good for a while, or why there is none.</summary>
    public (KeystoneAttempt Attempt, bool Waits) Get(KeystoneIdentity identity)
    {
        if (_sessions.Count >= MostIdentities)
        {
            _sessions.Clear(); // passwords were changed ten thousand times; those in use log in once more
        }

        return _sessions.GetOrAdd(identity.Key, _ => new KeystoneSession(identity, client, metrics, lostTime, clock)).Get();
    }

    /// <summary>A service refused a token.</summary>
    /// <returns>Whether it was dropped, so that a new login may help.</returns>
    public bool Refuse(KeystoneIdentity identity, KeystoneToken token)
        => _sessions.TryGetValue(identity.Key, out var session) && session.Refuse(token);
}

/// <summary>A login that runs or has ended.</summary>
/// <param name="Grant">How it ended.</param>
/// <param name="Calls">What was asked of Keystone for it.</param>
internal sealed record KeystoneAttempt(Task<KeystoneGrant> Grant, KeystoneCalls Calls);

/// <summary>A token, or why there is none.</summary>
/// <param name="Token">The token.</param>
/// <param name="Failure">Why there is none.</param>
/// <param name="AskAgainAt">After a failure: when Keystone is asked again.</param>
internal sealed record KeystoneGrant(KeystoneToken? Token, Probing.ProbeFailure? Failure, DateTimeOffset AskAgainAt);

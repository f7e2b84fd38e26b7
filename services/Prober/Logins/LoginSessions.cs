using System.Collections.Concurrent;
using Skypunch.Prober.Pauses;

namespace Skypunch.Prober.Logins;

/// <summary>
/// The tokens of this Prober from one kind of server: one per identity, however many targets share it. A login costs the server much, and
/// too many refused logins lock the account. So there is one login at a time per identity, and a pause after a failed login.
/// </summary>
/// <typeparam name="TToken">The token that a login gives.</typeparam>
internal sealed class LoginSessions<TToken>(LoginMetrics metrics, LostTime lostTime, TimeProvider clock)
    where TToken : LoginToken
{
    private const int MostIdentities = 10_000;

    private readonly ConcurrentDictionary<string, LoginSession<TToken>> _sessions = new();

    /// <summary>
    /// The login of an identity, which gives a token that can still be used, or says why there is none; and whether the login still runs.
    /// </summary>
    /// <param name="key">A key that is the same for targets that can share a token.</param>
    /// <param name="login">How to log in.</param>
    public (LoginAttempt<TToken> Attempt, bool Waits) Get(string key, Func<Login<TToken>> login)
    {
        if (_sessions.Count >= MostIdentities)
        {
            _sessions.Clear(); // passwords were changed ten thousand times; the identities in use log in once more
        }

        return _sessions.GetOrAdd(key, _ => new LoginSession<TToken>(login(), metrics, lostTime, clock)).Get();
    }

    /// <summary>Notes that a service refused a token.</summary>
    /// <returns>Whether the token was dropped, so that a new login may help.</returns>
    public bool Refuse(string key, TToken token) => _sessions.TryGetValue(key, out var session) && session.Refuse(token);
}

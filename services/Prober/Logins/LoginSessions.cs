using System.Collections.Concurrent;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Logins;

/// <summary>
/// The tokens of this Prober from one kind of server, one per identity, however many targets share it. A login costs the server much and too many refused ones
/// lock the account: so one login at a time per identity, and a pause after one that failed.
/// </summary>
/// <typeparam name="TToken">What a login brings.</typeparam>
internal sealed class LoginSessions<TToken>(LoginMetrics metrics, LostTime lostTime, TimeProvider clock)
    where TToken : LoginToken
{
    private const int MostIdentities = 10_000;

    private readonly ConcurrentDictionary<string, LoginSession<TToken>> _sessions = new();

    /// <summary>The login that brings, or has brought, a token that is still good for a while, or why there is none; and whether it still runs.</summary>
    /// <param name="key">Equal for targets that can share a token.</param>
    /// <param name="login">How to log in.</param>
    public (LoginAttempt<TToken> Attempt, bool Waits) Get(string key, Func<Login<TToken>> login)
    {
        if (_sessions.Count >= MostIdentities)
        {
            _sessions.Clear(); // passwords were changed ten thousand times; those in use log in once more
        }

        return _sessions.GetOrAdd(key, _ => new LoginSession<TToken>(login(), metrics, lostTime, clock)).Get();
    }

    /// <summary>A service refused a token.</summary>
    /// <returns>Whether it was dropped, so that a new login may help.</returns>
    public bool Refuse(string key, TToken token) => _sessions.TryGetValue(key, out var session) && session.Refuse(token);
}

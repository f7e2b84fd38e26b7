using Skypunch.Contracts;
using Skypunch.Prober.Pauses;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Logins;

/// <summary>
/// The token of an identity. A probe that comes while a login runs waits for that login. A probe that comes soon after a failed login gets
/// the same failure, whether it was the server's or our own.
/// </summary>
/// <typeparam name="TToken">The token that a login gives.</typeparam>
internal sealed class LoginSession<TToken>(Login<TToken> login, LoginMetrics metrics, LostTime lostTime, TimeProvider clock)
    where TToken : LoginToken
{
    private static readonly TimeSpan LoginTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterNoAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPauseAfterRefusal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    // Accounts are locked after some refused logins in a row (lockout_failure_attempts). With this growth, the first six logins take more
    // than an hour.
    private const double PauseGrowth = 4;

    // A service that refuses every token, even a new one, must not turn each of its probes into a login.
    private static readonly TimeSpan LeastAgeToRefuse = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private LoginAttempt<TToken>? _last;
    private int _refusals;
    private DateTimeOffset _faultKeptTo;

    /// <summary>
    /// The last login, or a new login where the last one has given no token that can still be used; and whether it still runs.
    /// </summary>
    public (LoginAttempt<TToken> Attempt, bool Waits) Get()
    {
        lock (_lock)
        {
            if (_last is not null && (!_last.Grant.IsCompleted || IsUsable(_last.Grant)))
            {
                return (_last, !_last.Grant.IsCompleted);
            }

            var calls = new LoginCalls(login.Words.Server, clock);
            _last = new LoginAttempt<TToken>(Task.Run(() => LogInAsync(calls)), calls);
            return (_last, true);
        }
    }

    /// <summary>Drops a token, unless it is new or another token has taken its place already.</summary>
    /// <returns>Whether a new token is to be had.</returns>
    public bool Refuse(TToken token)
    {
        lock (_lock)
        {
            if (_last?.Grant is not { IsCompletedSuccessfully: true } grant || grant.Result.Token != token)
            {
                return true; // another probe was refused, too, and has dropped the token
            }

            if (clock.GetUtcNow() - token.IssuedAt < LeastAgeToRefuse)
            {
                return false;
            }

            _last = null;
            return true;
        }
    }

    private bool IsUsable(Task<LoginGrant<TToken>> grant)
    {
        var now = clock.GetUtcNow();
        return grant.IsCompletedSuccessfully ? grant.Result.Token?.IsFresh(now) ?? now < grant.Result.AskAgainAt : now < _faultKeptTo;
    }

    private async Task<LoginGrant<TToken>> LogInAsync(LoginCalls calls)
    {
        using var timeout = new CancellationTokenSource(LoginTimeout, clock);
        var (started, lostBefore) = (clock.GetTimestamp(), lostTime.Now());
        TToken? token = null;
        ProbeFailure? failure;
        try
        {
            (token, failure) = await login.RunAsync(_refusals > 0, calls, timeout.Token);
        }
        catch (OperationCanceledException)
        {
            failure = new ProbeFailure(
                ProbeReasons.AuthUnreachable,
                $"{login.Words.Server} at {login.Url.Authority} did not answer within {Tracing.Words.Of(LoginTimeout)}",
                login.Words.NoAnswer);
        }
        catch
        {
            _faultKeptTo = clock.GetUtcNow() + PauseAfterNoAnswer; // the fault is ours, but the server must be left in peace all the same
            throw;
        }

        if (failure is { Reason: ProbeReasons.AuthUnreachable } && lostTime.HasLostSince(lostBefore))
        {
            // The server may have answered while this process stood still: a probe that is left without a token by that asks again at once.
            metrics.WithoutVerdict();
            return new LoginGrant<TToken>(null, failure with { IsOfPause = true }, clock.GetUtcNow());
        }

        metrics.LoggedIn(failure, clock.GetElapsedTime(started));
        return new LoginGrant<TToken>(token, failure, clock.GetUtcNow() + PauseAfter(failure));
    }

    private TimeSpan PauseAfter(ProbeFailure? failure)
    {
        if (failure is null or { Reason: ProbeReasons.AuthUnreachable })
        {
            _refusals = failure is null ? 0 : _refusals;
            return PauseAfterNoAnswer;
        }

        var pause = FirstPauseAfterRefusal * Math.Pow(PauseGrowth, Math.Min(_refusals++, 10));
        return pause < LongestPause ? pause : LongestPause;
    }
}

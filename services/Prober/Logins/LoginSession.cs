using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Logins;

/// <summary>
/// One identity's token: who comes while a login runs waits for that login; who comes soon after a failed one gets the same failure,
/// be it the server's or our own.
/// </summary>
/// <typeparam name="TToken">What a login brings.</typeparam>
internal sealed class LoginSession<TToken>(Login<TToken> login, LoginMetrics metrics, LostTime lostTime, TimeProvider clock)
    where TToken : LoginToken
{
    private static readonly TimeSpan LoginTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterNoAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPauseAfterRefusal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    // Accounts are locked after some refused logins in a row (lockout_failure_attempts): the first six take more than an hour.
    private const double PauseGrowth = 4;

    // A service that refuses every token, even a new one, must not turn each of its probes into a login.
    private static readonly TimeSpan LeastAgeToRefuse = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private LoginAttempt<TToken>? _last;
    private int _refusals;
    private DateTimeOffset _faultKeptTo;

    /// <summary>The last login, or a new one if it has brought no token that will last, and whether it still runs.</summary>
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

    /// <summary>Drops a token, unless it is new or another one has taken its place already.</summary>
    /// <returns>Whether a new token is to be had.</returns>
    public bool Refuse(TToken token)
    {
        lock (_lock)
        {
            if (_last?.Grant is not { IsCompletedSuccessfully: true } grant || grant.Result.Token != token)
            {
                return true; // somebody else was refused, too, and has dropped it
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
                $"{login.Words.Server} at {login.Url.Authority} did not answer within {Probing.Words.Of(LoginTimeout)}",
                login.Words.NoAnswer);
        }
        catch
        {
            _faultKeptTo = clock.GetUtcNow() + PauseAfterNoAnswer; // our fault, but the server is to be left in peace all the same
            throw;
        }

        if (failure is { Reason: ProbeReasons.AuthUnreachable } && lostTime.HasLostSince(lostBefore))
        {
            // The server may have answered while this process stood still: who is left without a token by it asks again at once.
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

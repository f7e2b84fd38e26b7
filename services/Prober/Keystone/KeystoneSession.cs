using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// One identity's token: who comes while a login runs waits for that login; who comes soon after a failed one gets the same failure,
/// be it Keystone's or our own.
/// </summary>
internal sealed class KeystoneSession(KeystoneIdentity identity, KeystoneClient client, KeystoneMetrics metrics, LostTime lostTime, TimeProvider clock)
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
    private KeystoneAttempt? _login;
    private int _refusals;
    private DateTimeOffset _faultKeptTo;

    /// <summary>The last login, or a new one if it has brought no token that will last, and whether it still runs.</summary>
    public (KeystoneAttempt Attempt, bool Waits) Get()
    {
        lock (_lock)
        {
            if (_login is not null && (!_login.Grant.IsCompleted || IsUsable(_login.Grant)))
            {
                return (_login, !_login.Grant.IsCompleted);
            }

            var calls = new KeystoneCalls(clock);
            _login = new KeystoneAttempt(Task.Run(() => LogInAsync(calls)), calls);
            return (_login, true);
        }
    }

    /// <summary>Drops a token, unless it is new or another one has taken its place already.</summary>
    /// <returns>Whether a new token is to be had.</returns>
    public bool Refuse(KeystoneToken token)
    {
        lock (_lock)
        {
            if (_login?.Grant is not { IsCompletedSuccessfully: true } login || login.Result.Token != token)
            {
                return true; // somebody else was refused, too, and has dropped it
            }

            if (clock.GetUtcNow() - token.IssuedAt < LeastAgeToRefuse)
            {
                return false;
            }

            _login = null;
            return true;
        }
    }

    private bool IsUsable(Task<KeystoneGrant> login)
    {
        var now = clock.GetUtcNow();
        return login.IsCompletedSuccessfully ? login.Result.Token?.IsFresh(now) ?? now < login.Result.AskAgainAt : now < _faultKeptTo;
    }

    private async Task<KeystoneGrant> LogInAsync(KeystoneCalls calls)
    {
        using var timeout = new CancellationTokenSource(LoginTimeout, clock);
        var (started, lostBefore) = (clock.GetTimestamp(), lostTime.Now());
        KeystoneToken? token = null;
        ProbeFailure? failure;
        try
        {
            (token, failure) = await client.LogInAsync(identity, inSteps: _refusals > 0, calls, timeout.Token);
        }
        catch (OperationCanceledException)
        {
            failure = new ProbeFailure(
                ProbeReasons.AuthUnreachable,
                $"Keystone at {identity.Endpoint.Url.Authority} did not answer within {Words.Of(LoginTimeout)}",
                KeystoneAdvice.NoAnswer);
        }
        catch
        {
            _faultKeptTo = clock.GetUtcNow() + PauseAfterNoAnswer; // our fault, but Keystone is to be left in peace all the same
            throw;
        }

        if (failure is { Reason: ProbeReasons.AuthUnreachable } && lostTime.HasLostSince(lostBefore))
        {
            // Keystone may have answered while this process stood still: who is left without a token by it asks again at once.
            metrics.WithoutVerdict();
            return new KeystoneGrant(null, failure with { IsOfPause = true }, clock.GetUtcNow());
        }

        metrics.LoggedIn(failure, clock.GetElapsedTime(started));
        return new KeystoneGrant(token, failure, clock.GetUtcNow() + PauseAfter(failure));
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

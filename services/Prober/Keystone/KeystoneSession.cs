using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// One identity's token: who comes while a login runs waits for that login; who comes soon after a failed one gets the same failure,
/// be it Keystone's or our own.
/// </summary>
internal sealed class KeystoneSession(KeystoneIdentity identity, KeystoneClient client, TimeProvider clock)
{
    private static readonly TimeSpan LoginTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterNoAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPauseAfterRefusal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    // A service that refuses every token, even a new one, must not turn each of its probes into a login.
    private static readonly TimeSpan LeastAgeToRefuse = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private Task<KeystoneGrant>? _login;
    private int _refusals;
    private DateTimeOffset _faultKeptTo;

    /// <summary>The token; a login first, if there is none that will last.</summary>
    public Task<KeystoneGrant> GetAsync()
    {
        lock (_lock)
        {
            if (_login is null || (_login.IsCompleted && !IsUsable(_login)))
            {
                _login = Task.Run(LogInAsync);
            }

            return _login;
        }
    }

    /// <summary>Drops a token, unless it is new or another one has taken its place already.</summary>
    /// <returns>Whether a new token is to be had.</returns>
    public bool Refuse(KeystoneToken token)
    {
        lock (_lock)
        {
            if (_login is not { IsCompletedSuccessfully: true } login || login.Result.Token != token)
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

    private async Task<KeystoneGrant> LogInAsync()
    {
        using var timeout = new CancellationTokenSource(LoginTimeout, clock);
        KeystoneToken? token = null;
        ProbeFailure? failure;
        try
        {
            (token, failure) = await client.LogInAsync(identity, timeout.Token);
        }
        catch (OperationCanceledException)
        {
            failure = new ProbeFailure(
                ProbeReasons.AuthUnreachable,
                $"Keystone at {identity.Endpoint.Url.Authority} did not answer within {Words.Of(LoginTimeout)}");
        }
        catch
        {
            _faultKeptTo = clock.GetUtcNow() + PauseAfterNoAnswer; // our fault, but Keystone is to be left in peace all the same
            throw;
        }

        return new KeystoneGrant(token, failure, clock.GetUtcNow() + PauseAfter(failure));
    }

    private TimeSpan PauseAfter(ProbeFailure? failure)
    {
        if (failure is null or { Reason: ProbeReasons.AuthUnreachable })
        {
            _refusals = failure is null ? 0 : _refusals;
            return PauseAfterNoAnswer;
        }

        var pause = FirstPauseAfterRefusal * Math.Pow(2, Math.Min(_refusals++, 10));
        return pause < LongestPause ? pause : LongestPause;
    }
}

using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Logins;

/// <summary>How one identity logs in. Not a record: its text must not show a secret.</summary>
/// <typeparam name="TToken">What a login brings.</typeparam>
internal sealed class Login<TToken>
    where TToken : LoginToken
{
    /// <summary>What is told of a server that does not answer.</summary>
    public required LoginWords Words { get; init; }

    /// <summary>Where the server is.</summary>
    public required Uri Url { get; init; }

    /// <summary>Logs in once. The first argument says whether the login before was refused.</summary>
    public required Func<bool, LoginCalls, CancellationToken, Task<(TToken? Token, ProbeFailure? Failure)>> RunAsync { get; init; }
}

/// <summary>A login that runs or has ended.</summary>
/// <typeparam name="TToken">What a login brings.</typeparam>
/// <param name="Grant">How it ended.</param>
/// <param name="Calls">What was asked of the server for it.</param>
internal sealed record LoginAttempt<TToken>(Task<LoginGrant<TToken>> Grant, LoginCalls Calls)
    where TToken : LoginToken
{
    /// <summary>Waits for the end of the login, and tells the trace what was asked, where the probe has waited for it.</summary>
    /// <param name="waits">Whether the login still ran.</param>
    /// <param name="trace">The trace of the probe.</param>
    /// <param name="cancellationToken">The deadline of the probe; the login goes on for the others that wait for it.</param>
    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    public async Task<LoginGrant<TToken>> WaitAsync(bool waits, ProbeTrace trace, CancellationToken cancellationToken)
    {
        try
        {
            return await Grant.WaitAsync(cancellationToken);
        }
        finally
        {
            if (waits)
            {
                Calls.WriteTo(trace);
            }
        }
    }
}

/// <summary>A token, or why there is none.</summary>
/// <typeparam name="TToken">What a login brings.</typeparam>
/// <param name="Token">The token.</param>
/// <param name="Failure">Why there is none.</param>
/// <param name="AskAgainAt">After a failure: when the server is asked again.</param>
internal sealed record LoginGrant<TToken>(TToken? Token, ProbeFailure? Failure, DateTimeOffset AskAgainAt)
    where TToken : LoginToken;

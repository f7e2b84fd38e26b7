using Skypunch.Prober.Tracing;


namespace Skypunch.Prober.Logins;

/// <summary>How an identity logs in. Not a record: its text would show a secret.</summary>
/// <typeparam name="TToken">The token that a login gives.</typeparam>
internal sealed class Login<TToken>
    where TToken : LoginToken
{
    /// <summary>The words for a server that does not answer.</summary>
    public required LoginWords Words { get; init; }

    /// <summary>The server's URL.</summary>
    public required Uri Url { get; init; }

    /// <summary>Logs in once. The first argument says whether the login before was refused.</summary>
    public required Func<bool, LoginCalls, CancellationToken, Task<(TToken? Token, ProbeFailure? Failure)>> RunAsync { get; init; }
}

/// <summary>A login that runs or has ended.</summary>
/// <typeparam name="TToken">The token that a login gives.</typeparam>
/// <param name="Grant">The outcome.</param>
/// <param name="Calls">The requests to the server.</param>
internal sealed record LoginAttempt<TToken>(Task<LoginGrant<TToken>> Grant, LoginCalls Calls)
    where TToken : LoginToken
{
    /// <summary>Waits for the end of the login. Where the probe has to wait, its trace shows the requests.</summary>
    /// <param name="waits">Whether the login still ran when the probe asked for it.</param>
    /// <param name="trace">The trace of the probe.</param>
    /// <param name="cancellationToken">The deadline of the probe; the login goes on for the other probes that wait for it.</param>
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
/// <typeparam name="TToken">The token that a login gives.</typeparam>
/// <param name="Token">The token.</param>
/// <param name="Failure">Why there is no token.</param>
/// <param name="AskAgainAt">After a failure: when the server is asked again.</param>
internal sealed record LoginGrant<TToken>(TToken? Token, ProbeFailure? Failure, DateTimeOffset AskAgainAt)
    where TToken : LoginToken;

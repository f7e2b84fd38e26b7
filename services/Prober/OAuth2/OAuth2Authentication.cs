using System.Diagnostics.Metrics;
using Skypunch.Contracts;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Pauses;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.OAuth2;

/// <summary>Authenticates a probe with a token of an OAuth 2.0 token server, which all targets of the same client share.</summary>
internal sealed class OAuth2Authentication(OAuth2Client client, IMeterFactory meters, LostTime lostTime, TimeProvider clock)
{
    private readonly LoginSessions<LoginToken> _sessions = new(new LoginMetrics(meters, "token_server", "OAuth 2.0 token servers"), lostTime, clock);

    /// <summary>The credentials, or why there are none.</summary>
    /// <exception cref="OperationCanceledException">The probe's deadline has passed; the login goes on for other probes.</exception>
    public async Task<(Credentials? Credentials, ProbeFailure? Failure)> AuthenticateAsync(
        IReadOnlyDictionary<string, string> parameters,
        ProbeTrace trace,
        SecretMask mask,
        CancellationToken cancellationToken)
    {
        if (!OAuth2Identity.TryRead(parameters, out var identity, out var invalid))
        {
            return (null, invalid);
        }

        mask.Add(identity.Secret);
        var (attempt, waits) = _sessions.Get(identity.Key, () => LoginOf(identity));
        var grant = await attempt.WaitAsync(waits, trace, cancellationToken);
        if (grant.Token is not { } token)
        {
            trace.Remark("The token server is asked again at {0}", grant.AskAgainAt.UtcDateTime);
            return (null, NextLoginWords.WithNextLogin(grant.Failure!, grant.AskAgainAt, clock.GetUtcNow()));
        }

        mask.Add(token.Value);
        trace.Remark("Token of {0}, {1} old, valid to {2}", identity.TokenUrl.Authority, clock.GetUtcNow() - token.IssuedAt, token.ExpiresAt.UtcDateTime);
        trace.End(StepOutcome.Ok, TraceWords.Authentication);
        return (new Credentials(("Authorization", $"Bearer {token.Value}")) { Refuse = () => _sessions.Refuse(identity.Key, token) }, null);
    }

    private Login<LoginToken> LoginOf(OAuth2Identity identity) => new()
    {
        Words = OAuth2Advice.Words,
        Url = identity.TokenUrl,
        RunAsync = (_, calls, cancellationToken) => client.LogInAsync(identity, calls, cancellationToken),
    };
}

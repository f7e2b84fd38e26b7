using Skypunch.Prober.Authentication;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>Authenticates a probe with a token of Keystone, and gives it an id by which the service's log can be searched.</summary>
internal sealed class KeystoneAuthentication(KeystoneTokens tokens, TimeProvider clock)
{
    /// <summary>The credentials, or why there are none.</summary>
    public async Task<(Credentials? Credentials, ProbeFailure? Failure)> AuthenticateAsync(
        IReadOnlyDictionary<string, string> parameters,
        ProbeTrace trace,
        SecretMask mask,
        CancellationToken cancellationToken)
    {
        if (!KeystoneIdentity.TryRead(parameters, out var identity, out var invalid))
        {
            return (null, invalid);
        }

        mask.Add(identity.Secret);
        var grant = await tokens.GetAsync(identity, cancellationToken);
        if (grant.Token is not { } token)
        {
            trace.Remark("Keystone is asked again at {0}", grant.AskAgainAt.UtcDateTime);
            return (null, grant.Failure);
        }

        mask.Add(token.Value);
        trace.Remark(
            "Token of Keystone at {0}, {1} old, valid to {2}",
            identity.Endpoint.Url.Authority,
            clock.GetUtcNow() - token.IssuedAt,
            token.ExpiresAt.UtcDateTime);
        var requestId = $"req-{Guid.NewGuid()}";
        trace.Remark("Sent as X-Openstack-Request-Id: {0}", requestId);
        trace.End(Contracts.StepOutcome.Ok, TraceWords.Authentication);
        var credentials = new Credentials(("X-Auth-Token", token.Value), ("X-Openstack-Request-Id", requestId))
        {
            Refuse = () => tokens.Refuse(identity, token),
        };
        return (credentials, null);
    }
}

using Skypunch.Contracts;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// Authenticates a probe with a token of Keystone, finds the target's service in the catalog, and gives the request an id by which the
/// service's log can be searched.
/// </summary>
internal sealed class KeystoneAuthentication(KeystoneTokens tokens, TimeProvider clock)
{
    // The age of a token from which it is asked for again where its catalog lacks a service: the catalog may have been completed since.
    private static readonly TimeSpan LeastAgeToMiss = TimeSpan.FromMinutes(5);

    /// <summary>The credentials, or why there are none.</summary>
    /// <exception cref="OperationCanceledException">The probe's deadline has passed; the login goes on for other probes.</exception>
    public async Task<(Credentials? Credentials, ProbeFailure? Failure)> AuthenticateAsync(
        IReadOnlyDictionary<string, string> parameters,
        CatalogService? service,
        ProbeTrace trace,
        SecretMask mask,
        CancellationToken cancellationToken)
    {
        if (!KeystoneIdentity.TryRead(parameters, out var identity, out var invalid))
        {
            return (null, invalid);
        }

        mask.Add(identity.Secret);
        var (attempt, waits) = tokens.Get(identity);
        var grant = await attempt.WaitAsync(waits, trace, cancellationToken);
        if (grant.Token is not { } token)
        {
            trace.Remark("Keystone is asked again at {0}", grant.AskAgainAt.UtcDateTime);
            return (null, NextLoginWords.WithNextLogin(grant.Failure!, grant.AskAgainAt, clock.GetUtcNow()));
        }

        mask.Add(token.Value);
        trace.Remark(
            "Token of Keystone at {0}, {1} old, valid to {2}",
            identity.Endpoint.Url.Authority,
            clock.GetUtcNow() - token.IssuedAt,
            token.ExpiresAt.UtcDateTime);
        var (endpoint, miss) = Find(identity, token, service, trace);
        return miss is null ? (CredentialsOf(identity, token, endpoint, trace), null) : (null, miss);
    }

    private (Uri? Endpoint, ProbeFailure? Miss) Find(
        KeystoneIdentity identity,
        KeystoneToken token,
        CatalogService? service,
        ProbeTrace trace)
    {
        if (service is null)
        {
            return (null, null);
        }

        var defaults = identity.CatalogDefaults;
        var type = OrElse(service.ServiceType, defaults.ServiceType) ?? "";
        var found = token.Catalog.Find(type, OrElse(service.RegionName, defaults.RegionName), OrElse(service.Interface, defaults.Interface));
        if (found.Url is not null)
        {
            trace.Remark("The catalog has {0} at {1}", type, found.Url);
        }
        else if (clock.GetUtcNow() - token.IssuedAt > LeastAgeToMiss)
        {
            tokens.Refuse(identity, token);
        }

        return found;
    }

    private Credentials CredentialsOf(KeystoneIdentity identity, KeystoneToken token, Uri? endpoint, ProbeTrace trace)
    {
        var requestId = $"req-{Guid.NewGuid()}";
        trace.Remark("Sent as X-Openstack-Request-Id: {0}", requestId);
        trace.End(StepOutcome.Ok, TraceWords.Authentication);
        return new Credentials(("X-Auth-Token", token.Value), ("X-Openstack-Request-Id", requestId))
        {
            Endpoint = endpoint,
            Refuse = () => tokens.Refuse(identity, token),
        };
    }

    private static string? OrElse(string? own, string? other) => string.IsNullOrWhiteSpace(own) ? other : own;
}

using Skypunch.Contracts;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Keystone;

/// <summary>Logs in to Keystone. A Keystone that does not answer is a value, like a target that does not answer.</summary>
internal sealed class KeystoneClient(LoginNetwork network, TimeProvider clock)
{
    /// <summary>A token, or why there is none.</summary>
    /// <param name="identity">Who logs in, to which Keystone and for which scope.</param>
    /// <param name="inSteps">Whether to find out, after a refused login, what is refused: the user or the scope.</param>
    /// <param name="calls">Records the requests of the login.</param>
    /// <param name="cancellationToken">The deadline of the login.</param>
    public async Task<(KeystoneToken? Token, ProbeFailure? Failure)> LogInAsync(
        KeystoneIdentity identity,
        bool inSteps,
        LoginCalls calls,
        CancellationToken cancellationToken)
    {
        using var connection = new LoginConnection(identity.CaCert, identity.Verify, network, calls, clock);
        var keystone = new KeystoneConnection(connection);
        try
        {
            var (version, link) = identity.Endpoint.Version is KeystoneVersion.Unknown
                ? (await keystone.DiscoverAsync(identity.Endpoint.Url, cancellationToken)).NewestVersion()
                : (identity.Endpoint.Version, null);
            if (identity.FaultIn(version) is { } fault)
            {
                return (null, fault);
            }

            var url = KeystoneEndpoint.LoginUrl(identity.Endpoint.Url, version, link);
            if (inSteps && version is KeystoneVersion.V3 && identity.Scope is not null
                && await LogInInStepsAsync(keystone, identity, url, cancellationToken) is { } found)
            {
                return found;
            }

            var answer = await keystone.LogInAsync("login", url, KeystoneLogin.BodyOf(identity, version), cancellationToken);
            return Judge(answer.Token(clock.GetUtcNow()), identity, certain: false);
        }
        catch (HttpRequestException e) when (!LoginFaults.AreOurs(e))
        {
            return (null, LoginFaults.Of(e, identity.Endpoint.Url, connection.CertificateFault, KeystoneAdvice.Words));
        }
    }

    // Keystone answers 401 both for a wrong password and for a project that the user may not use. A login without a scope tells them apart.
    // Its token then asks for the scope, so that a wrong password is tried no more often than by a plain login. Null: Keystone cannot be
    // asked in this way.
    private async Task<(KeystoneToken? Token, ProbeFailure? Failure)?> LogInInStepsAsync(
        KeystoneConnection keystone,
        KeystoneIdentity identity,
        Uri url,
        CancellationToken cancellationToken)
    {
        var known = await keystone.LogInAsync("login without scope", url, KeystoneLogin.WithoutScope(identity), cancellationToken);
        var (token, refused) = known.Token(clock.GetUtcNow());
        if (token is null)
        {
            return known.Status is 401 ? Judge((null, refused), identity, certain: true) : null;
        }

        var scoped = await keystone.LogInAsync("scope", url, KeystoneLogin.WithScope(identity, token), cancellationToken);
        return scoped.Status switch
        {
            200 or 201 => scoped.Token(clock.GetUtcNow()),
            401 or 403 => Judge((null, NoScope(identity, url, scoped.Status)), identity, certain: true),
            _ => null,
        };
    }

    private static ProbeFailure NoScope(KeystoneIdentity identity, Uri url, int status) => new(
        ProbeReasons.AuthForbidden,
        $"Keystone at {url.Authority} knows {identity.Who} but refuses {identity.Scope} ({status})");

    private static (KeystoneToken? Token, ProbeFailure? Failure) Judge(
        (KeystoneToken? Token, ProbeFailure? Failure) answer,
        KeystoneIdentity identity,
        bool certain)
        => answer.Failure is { Advice: null } failure
            ? (null, failure with { Advice = KeystoneAdvice.OfRefusal(failure.Reason, identity, certain) })
            : answer;
}

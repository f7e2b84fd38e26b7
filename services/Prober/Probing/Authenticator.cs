using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.OAuth2;
using Skypunch.Prober.Tracing;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Prober.Probing;

/// <summary>Gets a probe its credentials. A target's sealed parameters are opened here, at the moment of use, and nowhere else.</summary>
internal sealed class Authenticator(SecretBox box, KeystoneAuthentication keystone, OAuth2Authentication oauth2)
{
    /// <summary>The credentials, or why there are none.</summary>
    /// <param name="authn">One of <see cref="AuthnParameters.All"/>.</param>
    /// <param name="job">The job with the sealed parameters.</param>
    /// <param name="catalog">The service whose endpoint is wanted as well; null where none is.</param>
    /// <param name="trace">Records what was done.</param>
    /// <param name="mask">Learns every secret before it is used.</param>
    /// <param name="cancellationToken">The deadline of the probe.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The parameters were sealed with another key: our
    /// fault.</exception>
    public async ValueTask<(Credentials? Credentials, ProbeFailure? Failure)> AuthenticateAsync(
        string authn,
        ProbeJob job,
        CatalogService? catalog,
        ProbeTrace trace,
        SecretMask mask,
        CancellationToken cancellationToken)
    {
        if (authn == AuthnParameters.None)
        {
            return (Credentials.None, null);
        }

        var text = box.OpenOf(job, SecretNames.Authn, job.SealedAuthnParameters);
        if (!ParameterText.TryParse(text, out var parameters, out var error))
        {
            return Invalid($"authn_parms {error}");
        }

        if (AuthnParameters.Missing(authn, parameters) is { Count: > 0 } missing)
        {
            return Invalid($"authentication {authn} lacks {string.Join(", ", missing)}");
        }

        return authn switch
        {
            AuthnParameters.Basic => BasicAuthentication.Of(parameters, mask),
            AuthnParameters.Digest => DigestAuthentication.Of(parameters, mask),
            AuthnParameters.OAuth2 => await oauth2.AuthenticateAsync(parameters, trace, mask, cancellationToken),
            _ => await keystone.AuthenticateAsync(parameters, catalog, trace, mask, cancellationToken),
        };
    }

    private static (Credentials?, ProbeFailure?) Invalid(string words) => (null, new ProbeFailure(ProbeReasons.AuthParamsInvalid, words));
}

using Skypunch.Contracts;
using Skypunch.Prober.Probing;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Prober.Authentication;

/// <summary>Gets a probe its credentials. A target's sealed parameters are opened here, at the moment of use, and nowhere else.</summary>
internal sealed class Authenticator(SecretBox box)
{
    /// <summary>The credentials, or why there are none.</summary>
    /// <param name="authn">NONE, BASIC or OPENSTACK.</param>
    /// <param name="sealedParameters">The sealed parameters; null where there are none.</param>
    /// <param name="mask">Gets to know every secret before it is used.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The parameters were sealed with another key: our own fault.</exception>
    public (Credentials? Credentials, ProbeFailure? Failure) Authenticate(string authn, string? sealedParameters, SecretMask mask)
    {
        if (authn == AuthnParameters.None)
        {
            return (Credentials.None, null);
        }

        var text = string.IsNullOrEmpty(sealedParameters) ? "" : box.Open(SecretBox.TargetPurpose, sealedParameters);
        if (!ParameterText.TryParse(text, out var parameters, out var error))
        {
            return Invalid($"authn_parms {error}");
        }

        if (AuthnParameters.Missing(authn, parameters) is { Count: > 0 } missing)
        {
            return Invalid($"authentication {authn} lacks {string.Join(", ", missing)}");
        }

        return authn == AuthnParameters.Basic
            ? BasicAuthentication.Of(parameters, mask)
            : Invalid("this version cannot log in to Keystone yet; use authn NONE or BASIC");
    }

    private static (Credentials?, ProbeFailure?) Invalid(string words) => (null, new ProbeFailure(ProbeReasons.AuthParamsInvalid, words));
}

using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>Whose fault it is when a service that was asked with a token gives an answer that is not expected. Pure.</summary>
internal static class ServiceVerdict
{
    // What keystonemiddleware (auth_token) answers where the service itself does not reach Keystone.
    private const string KeystoneDown = "Keystone service is temporarily unavailable";

    /// <summary>The same verdict with the reason and the advice that fit; the words stay.</summary>
    /// <param name="authn">The target's authentication.</param>
    /// <param name="verdict">What the answer was found to be; null: it is as expected.</param>
    /// <param name="statusCode">The status of the answer.</param>
    /// <param name="bodyStart">The beginning of its body; null where it is not known.</param>
    public static ProbeFailure? Of(string authn, ProbeFailure? verdict, int? statusCode, string? bodyStart)
    {
        if (authn == AuthnParameters.OAuth2 && verdict is { Reason: ProbeReasons.StatusMismatch } && statusCode is 401)
        {
            return verdict with
            {
                Reason = ProbeReasons.AuthTokenRefused,
                Advice = "The token server gave the token, but the service refuses it: see that the service trusts that server, that the token has the audience and "
                    + "the scope that it wants (audience, scope in authn_params), and that the clocks agree.",
            };
        }

        if (authn != AuthnParameters.OpenStack || verdict is not { Reason: ProbeReasons.StatusMismatch })
        {
            return verdict;
        }

        return statusCode switch
        {
            401 => verdict with
            {
                Reason = ProbeReasons.AuthTokenRefused,
                Advice = "Keystone gave the token, but the service refuses it: see that the service asks the same Keystone "
                    + "([keystone_authtoken] in its configuration), and that the clocks agree.",
            },
            403 => verdict with
            {
                Advice = "The service knows the user, but its policy does not allow this request: give the user the role that it takes.",
            },
            503 when bodyStart?.Contains(KeystoneDown, StringComparison.OrdinalIgnoreCase) is true => verdict with
            {
                Reason = ProbeReasons.ServiceKeystoneDown,
                Advice = "Keystone answers the Prober, but not the service: see that the service reaches Keystone "
                    + "([keystone_authtoken] auth_url in its configuration) and that its own user may log in.",
            },
            _ => verdict,
        };
    }
}

using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Authentication;

/// <summary>HTTP Basic (RFC 7617), in UTF-8. Pure.</summary>
internal static class BasicAuthentication
{
    /// <summary>
    /// The header for a user and a password, or what is wrong with them. The mask learns the password and the header's token.
    /// </summary>
    public static (Credentials? Credentials, ProbeFailure? Failure) Of(IReadOnlyDictionary<string, string> parameters, SecretMask mask)
    {
        var user = parameters["user"];
        var password = parameters["password"];
        if (user.Contains(':') || user.Concat(password).Any(char.IsControl))
        {
            return (null, new ProbeFailure(
                ProbeReasons.AuthParamsInvalid,
                "authentication BASIC needs a user without a colon, and neither user nor password may have control characters"));
        }

        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        mask.Add(password);
        mask.Add(token);
        return (new Credentials(("Authorization", $"Basic {token}")), null);
    }
}

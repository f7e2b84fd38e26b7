using System.Text;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.OAuth2;

/// <summary>
/// Asks a token server for a token by the client credentials grant (RFC 6749, section 4.4). A server that does not answer is a value, like
/// a target that does not answer.
/// </summary>
internal sealed class OAuth2Client(LoginNetwork network, TimeProvider clock)
{
    /// <summary>A token, or why there is none.</summary>
    /// <param name="identity">Which client asks which token server.</param>
    /// <param name="calls">Records the requests of the login.</param>
    /// <param name="cancellationToken">The deadline of the login.</param>
    public async Task<(LoginToken? Token, ProbeFailure? Failure)> LogInAsync(OAuth2Identity identity, LoginCalls calls, CancellationToken cancellationToken)
    {
        using var connection = new LoginConnection(identity.CaCert, identity.Verify, network, calls, clock);
        try
        {
            using var content = new FormUrlEncodedContent(FormOf(identity));
            var answer = await connection.AskAsync("login", identity.TokenUrl, content, AuthorizationOf(identity), OAuth2Answer.Told, cancellationToken);
            return OAuth2Answer.Read(answer, identity, clock.GetUtcNow());
        }
        catch (HttpRequestException e) when (!LoginFaults.AreOurs(e))
        {
            return (null, LoginFaults.Of(e, identity.TokenUrl, connection.CertificateFault, OAuth2Advice.Words));
        }
    }

    private static Dictionary<string, string> FormOf(OAuth2Identity identity)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        Add("scope", identity.Scope);
        Add("audience", identity.Audience);
        Add("client_id", identity.SecretInBody ? identity.ClientId : null);
        Add("client_secret", identity.SecretInBody ? identity.Secret : null);
        return form;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                form[name] = value;
            }
        }
    }

    // Both parts are form-encoded before they are put together (RFC 6749, section 2.3.1).
    private static string? AuthorizationOf(OAuth2Identity identity)
        => identity.SecretInBody
            ? null
            : $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Encoded(identity.ClientId)}:{Encoded(identity.Secret)}"))}";

    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}

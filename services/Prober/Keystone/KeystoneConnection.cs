using System.Text;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Logins;

namespace Skypunch.Prober.Keystone;

/// <summary>The requests to Keystone for a login, with redirects within its host.</summary>
internal sealed class KeystoneConnection(LoginConnection connection)
{
    private const int MostRedirects = 5;

    /// <summary>Asks for the list of versions.</summary>
    public Task<KeystoneAnswer> DiscoverAsync(Uri url, CancellationToken cancellationToken)
        => FollowAsync("discovery", url, body: null, cancellationToken);

    /// <summary>Asks for a token.</summary>
    /// <param name="what">The name of the request in the trace.</param>
    /// <param name="url">The URL.</param>
    /// <param name="body">The body of the request.</param>
    /// <param name="cancellationToken">The deadline of the login.</param>
    public Task<KeystoneAnswer> LogInAsync(string what, Uri url, string body, CancellationToken cancellationToken)
        => FollowAsync(what, url, body, cancellationToken);

    // A redirect is followed with the same method and body, as keystoneauth does: a login is a POST wherever it goes.
    private async Task<KeystoneAnswer> FollowAsync(string what, Uri url, string? body, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            var answer = await connection.AskAsync(
                what, url, content, authorization: null, found => (OutcomeOf(found, isLogin: body is not null), Found(found)), cancellationToken);
            if (redirects == MostRedirects || KeystoneRedirect.Next(url, answer.Status, answer.Location) is not { } next)
            {
                return new KeystoneAnswer(url, answer.Status, answer.Header("X-Subject-Token"), answer.Body) { Location = answer.Location };
            }

            url = next;
        }
    }

    // A discovery that is refused is no failure: v3 is tried then.
    private static StepOutcome OutcomeOf(LoginAnswer answer, bool isLogin) => answer switch
    {
        { Status: < 400 } => StepOutcome.Ok,
        _ => isLogin ? StepOutcome.Fail : StepOutcome.None,
    };

    private static string Found(LoginAnswer answer)
    {
        var found = KeystoneRedirect.Is(answer.Status) && answer.Location is { } location ? $"{answer.Status} to {SafeUrl.Of(location)}" : $"{answer.Status}";
        return answer.Header("X-Openstack-Request-Id") is { } requestId ? $"{found}, X-Openstack-Request-Id: {requestId}" : found;
    }
}

using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Http;

namespace Skypunch.Prober.Keystone;

/// <summary>
/// The HTTP of one login, with the identity's own idea of whom to trust. Logins are rare: each has a client of its own, and each call a
/// connection.
/// </summary>
internal sealed class KeystoneConnection : IDisposable
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024; // the catalog of a large cloud is some 100 KB

    private const int MostRedirects = 5;

    private readonly KeystoneIdentity _identity;
    private readonly KeystoneCalls _calls;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public KeystoneConnection(KeystoneIdentity identity, KeystoneNetwork network, KeystoneCalls calls, TimeProvider clock)
    {
        (_identity, _calls, _clock) = (identity, calls, clock);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = network.ConnectAsync,
            PooledConnectionLifetime = TimeSpan.Zero, // uWSGI, which serves many Keystones, closes a connection after an answer and does not say so
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = PolicyOf(network.Trust),
                RemoteCertificateValidationCallback = Check,
            },
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>What is wrong with Keystone's certificate, in words; null where nothing is or nobody asks.</summary>
    public string? CertificateFault { get; private set; }

    /// <summary>Asks which versions there are.</summary>
    public Task<KeystoneAnswer> DiscoverAsync(Uri url, CancellationToken cancellationToken)
        => FollowAsync("discovery", url, body: null, cancellationToken);

    /// <summary>Asks for a token.</summary>
    /// <param name="what">What this is, for the trace.</param>
    /// <param name="url">Where.</param>
    /// <param name="body">The login.</param>
    /// <param name="cancellationToken">The deadline of the login.</param>
    public Task<KeystoneAnswer> LogInAsync(string what, Uri url, string body, CancellationToken cancellationToken)
        => FollowAsync(what, url, body, cancellationToken);

    public void Dispose() => _client.Dispose();

    // A redirect is followed with the same method and body, as keystoneauth does: a login is a POST wherever it goes.
    private async Task<KeystoneAnswer> FollowAsync(string what, Uri url, string? body, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            var answer = await AskAsync(what, url, body, cancellationToken);
            if (redirects == MostRedirects || KeystoneRedirect.Next(url, answer.Status, answer.Location) is not { } next)
            {
                return answer;
            }

            url = next;
        }
    }

    private async Task<KeystoneAnswer> AskAsync(string what, Uri url, string? body, CancellationToken cancellationToken)
    {
        using var request = Request(url, body);
        _calls.Begin(what, url);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)); // as JSON is, whatever a proxy says
            var answer = new KeystoneAnswer(url, (int)response.StatusCode, Header(response, "X-Subject-Token"), text)
            {
                Location = Header(response, "Location"),
            };
            _calls.End(OutcomeOf(answer, isLogin: body is not null), Found(answer, Header(response, "X-Openstack-Request-Id")));
            return answer;
        }
        finally
        {
            _calls.End(StepOutcome.Fail, "no answer");
        }
    }

    private static HttpRequestMessage Request(Uri url, string? body)
    {
        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, url)
        {
            Version = HttpVersion.Version11,
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Text);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.ConnectionClose = true;
        return request;
    }

    // A discovery that is refused is no failure: v3 is tried then.
    private static StepOutcome OutcomeOf(KeystoneAnswer answer, bool isLogin) => answer switch
    {
        { Status: < 400 } => StepOutcome.Ok,
        _ => isLogin ? StepOutcome.Fail : StepOutcome.None,
    };

    private static string Found(KeystoneAnswer answer, string? requestId)
    {
        var found = KeystoneRedirect.Is(answer.Status) && answer.Location is { } location ? $"{answer.Status} to {SafeUrl.Of(location)}" : $"{answer.Status}";
        return requestId is null ? found : $"{found}, X-Openstack-Request-Id: {requestId}";
    }

    private static string? Header(HttpResponseMessage response, string name)
        => response.Headers.NonValidated.TryGetValues(name, out var values) ? values.First() : null;

    // As in clouds.yaml, cacert takes the place of the authorities that are trusted otherwise.
    private X509ChainPolicy PolicyOf(TlsTrust trust)
    {
        var policy = trust.NewFullPolicy();
        if (_identity.CaCert is { } ca)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.Clear();
            policy.CustomTrustStore.ImportFromPem(ca);
        }

        return policy;
    }

    private bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!_identity.Verify)
        {
            return true;
        }

        var host = ((SslStream)sender).TargetHostName;
        var facts = certificate is X509Certificate2 found ? CertificateFacts.Of(found) : null;
        var flags = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? default;
        CertificateFault = CertificateJudge.Judge(errors, flags, host, facts, _clock.GetUtcNow())?.Words;
        return CertificateFault is null;
    }
}

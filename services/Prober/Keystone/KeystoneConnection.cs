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

    private readonly KeystoneIdentity _identity;
    private readonly KeystoneCalls _calls;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public KeystoneConnection(KeystoneIdentity identity, TlsTrust trust, KeystoneCalls calls, TimeProvider clock)
    {
        (_identity, _calls, _clock) = (identity, calls, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = PolicyOf(trust),
                RemoteCertificateValidationCallback = Check,
            },
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>What is wrong with Keystone's certificate, in words; null where nothing is or nobody asks.</summary>
    public string? CertificateFault { get; private set; }

    /// <summary>Asks which versions there are.</summary>
    public Task<KeystoneAnswer> DiscoverAsync(Uri url, CancellationToken cancellationToken)
        => AskAsync("discovery", new HttpRequestMessage(HttpMethod.Get, url), StepOutcome.None, cancellationToken);

    /// <summary>Asks for a token.</summary>
    /// <param name="what">What this is, for the trace.</param>
    /// <param name="url">Where.</param>
    /// <param name="body">The login.</param>
    /// <param name="cancellationToken">The deadline of the login.</param>
    public Task<KeystoneAnswer> LogInAsync(string what, Uri url, string body, CancellationToken cancellationToken)
        => AskAsync(
            what,
            new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") },
            StepOutcome.Fail,
            cancellationToken);

    public void Dispose() => _client.Dispose();

    // A discovery that is refused is no failure: v3 is tried then.
    private async Task<KeystoneAnswer> AskAsync(
        string what,
        HttpRequestMessage request,
        StepOutcome refused,
        CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Version = HttpVersion.Version11;
            request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Text);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            request.Headers.ConnectionClose = true; // uWSGI, which serves many a Keystone, closes it after an answer and does not say so
            _calls.Begin(what, request.RequestUri!);
            try
            {
                using var response = await _client.SendAsync(request, cancellationToken);
                var body = System.Text.Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)); // as JSON is, whatever a proxy says
                var status = (int)response.StatusCode;
                var id = Header(response, "X-Openstack-Request-Id");
                _calls.End(
                    status < 400 ? StepOutcome.Ok : refused,
                    id is null ? $"{status}" : $"{status}, X-Openstack-Request-Id: {id}");
                return new KeystoneAnswer(status, Header(response, "X-Subject-Token"), body);
            }
            finally
            {
                _calls.End(StepOutcome.Fail, "no answer");
            }
        }
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

        var facts = certificate is X509Certificate2 found ? CertificateFacts.Of(found) : null;
        var flags = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? default;
        CertificateFault = CertificateJudge.Judge(errors, flags, _identity.Endpoint.Url.IdnHost, facts, _clock.GetUtcNow())?.Words;
        return CertificateFault is null;
    }
}

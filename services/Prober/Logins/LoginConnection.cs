using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Http;

namespace Skypunch.Prober.Logins;

/// <summary>
/// The HTTP calls of a login, with the trusted authorities of its identity. Logins are rare, so each has a client of its own, and each call
/// a connection.
/// </summary>
internal sealed class LoginConnection : IDisposable
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024; // the catalog of a large cloud is some 100 KB

    private readonly bool _verify;
    private readonly LoginCalls _calls;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    /// <summary>Makes the client, which does not connect yet.</summary>
    /// <param name="ca">The authorities that are trusted in place of all others, as PEM; null: the usual authorities.</param>
    /// <param name="verify">Whether the server's certificate is verified.</param>
    /// <param name="network">Connects to the server.</param>
    /// <param name="calls">Records the calls.</param>
    /// <param name="clock">Tells the time at which a certificate is judged.</param>
    public LoginConnection(string? ca, bool verify, LoginNetwork network, LoginCalls calls, TimeProvider clock)
    {
        (_verify, _calls, _clock) = (verify, calls, clock);
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
                CertificateChainPolicy = PolicyOf(network.Trust, ca),
                RemoteCertificateValidationCallback = Check,
            },
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>What is wrong with the server's certificate, in words; null where nothing is, or it is not verified.</summary>
    public string? CertificateFault { get; private set; }

    /// <summary>Makes a call.</summary>
    /// <param name="what">The name of the call in the trace.</param>
    /// <param name="url">The URL.</param>
    /// <param name="content">The body of a POST; null: the call is a GET.</param>
    /// <param name="authorization">The header Authorization; null: none.</param>
    /// <param name="judge">Says how the call has ended, and what the trace shows of the answer.</param>
    /// <param name="cancellationToken">The deadline of the login.</param>
    public async Task<LoginAnswer> AskAsync(
        string what,
        Uri url,
        HttpContent? content,
        string? authorization,
        Func<LoginAnswer, (StepOutcome Outcome, string Found)> judge,
        CancellationToken cancellationToken)
    {
        using var request = Request(url, content, authorization);
        _calls.Begin(what, url);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)); // JSON is UTF-8, whatever a header says
            var headers = response.Headers.NonValidated;
            var answer = new LoginAnswer(url, (int)response.StatusCode, text, name => headers.TryGetValues(name, out var values) ? values.First() : null);
            var (outcome, found) = judge(answer);
            _calls.End(outcome, found);
            return answer;
        }
        finally
        {
            _calls.End(StepOutcome.Fail, "no answer");
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(Uri url, HttpContent? content, string? authorization)
    {
        var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, url) { Version = HttpVersion.Version11, Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Text);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        request.Headers.ConnectionClose = true;
        return request;
    }

    // As in clouds.yaml, the identity's own authorities take the place of all others.
    private static X509ChainPolicy PolicyOf(TlsTrust trust, string? ca)
    {
        var policy = trust.NewFullPolicy();
        if (ca is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.Clear();
            policy.CustomTrustStore.ImportFromPem(ca);
        }

        return policy;
    }

    private bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!_verify)
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

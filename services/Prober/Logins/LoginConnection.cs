using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Http;

namespace Skypunch.Prober.Logins;

/// <summary>
/// The HTTP of one login, with the identity's own idea of whom to trust. Logins are rare: each has a client of its own, and each call a
/// connection.
/// </summary>
internal sealed class LoginConnection : IDisposable
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024; // the catalog of a large cloud is some 100 KB

    private readonly bool _verify;
    private readonly LoginCalls _calls;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    /// <summary>Makes it; nothing is connected yet.</summary>
    /// <param name="ca">The authorities to trust instead of the others, as PEM; null where there are none of its own.</param>
    /// <param name="verify">False: any certificate will do.</param>
    /// <param name="network">How to get there.</param>
    /// <param name="calls">Learns what is asked.</param>
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

    /// <summary>What is wrong with the server's certificate, in words; null where nothing is or nobody asks.</summary>
    public string? CertificateFault { get; private set; }

    /// <summary>Asks once.</summary>
    /// <param name="what">What this is, for the trace.</param>
    /// <param name="url">Where.</param>
    /// <param name="content">What is posted; null: nothing, it is a GET.</param>
    /// <param name="authorization">The header Authorization; null: none.</param>
    /// <param name="judge">How the call has ended, and what is told of the answer.</param>
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
            var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)); // as JSON is, whatever a proxy says
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

    // As in clouds.yaml, a CA of its own takes the place of the authorities that are trusted otherwise.
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

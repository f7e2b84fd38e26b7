using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Http;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>Logs in to Keystone. A Keystone that does not answer is a value, as a target that does not.</summary>
internal sealed class KeystoneClient(TlsTrust trust, TimeProvider clock) : IDisposable
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024; // the catalog of a large cloud is some 100 KB

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust.NewPolicy() },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    /// <summary>A token, or why there is none.</summary>
    public async Task<(KeystoneToken? Token, ProbeFailure? Failure)> LogInAsync(
        KeystoneIdentity identity,
        CancellationToken cancellationToken)
    {
        try
        {
            var version = identity.Endpoint.Version is KeystoneVersion.Unknown
                ? (await AskAsync(new HttpRequestMessage(HttpMethod.Get, identity.Endpoint.Url), cancellationToken)).NewestVersion()
                : identity.Endpoint.Version;
            var url = KeystoneEndpoint.LoginUrl(identity.Endpoint.Url, version);
            var login = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new StringContent(KeystoneLogin.BodyOf(identity, version), Encoding.UTF8, "application/json"),
            };
            return (await AskAsync(login, cancellationToken)).Token(url, clock.GetUtcNow());
        }
        catch (HttpRequestException e) when (!IsOurs(e))
        {
            var where = identity.Endpoint.Url.Authority;
            return (null, new ProbeFailure(ProbeReasons.AuthUnreachable, $"Keystone at {where} is unreachable: {WordsOf(e)}"));
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<KeystoneAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Version = HttpVersion.Version11;
            request.Headers.TryAddWithoutValidation("User-Agent", HttpRequests.UserAgent);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var response = await _client.SendAsync(request, cancellationToken);
            return new KeystoneAnswer(
                (int)response.StatusCode,
                response.Headers.TryGetValues("X-Subject-Token", out var tokens) ? tokens.First() : null,
                Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
    }

    private static bool IsOurs(HttpRequestException exception)
        => exception.GetBaseException() is SocketException socket
        && SocketFaults.AreOurs(socket.SocketErrorCode, AddressFamily.InterNetwork);

    private static string WordsOf(HttpRequestException exception) => exception switch
    {
        { HttpRequestError: HttpRequestError.NameResolutionError } => "its name could not be resolved",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "connection refused",
        { InnerException: AuthenticationException } => $"TLS handshake failed: {exception.InnerException.Message}",
        { InnerException: SocketException socket } => socket.SocketErrorCode.ToString(),
        { HttpRequestError: HttpRequestError.InvalidResponse } => "what answers there is not HTTP/1.1",
        _ => "the connection was closed before an answer came",
    };
}

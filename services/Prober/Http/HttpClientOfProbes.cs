using System.Net;

namespace Skypunch.Prober.Http;

/// <summary>
/// The HTTP client that all probes of HTTP/1.1 share; one of HTTP/2 makes its own. It adds nothing of its own to a probe: no redirects, cookies, proxy, decompression, tracing
/// headers or pooled connections,
/// and the connection is the one that the request brings along (<see cref="ProbeConnection"/>).
/// </summary>
internal sealed class HttpClientOfProbes : IDisposable
{
    /// <summary>The most that the headers of an answer may have.</summary>
    public const int MaxHeadersKib = 64;

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeadersKib,
        MaxResponseDrainSize = 0,

        // Without pooling every request also has a queue of its own, and so gets the very connection that was made for it.
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = (context, _) => ValueTask.FromResult(ConnectionOf(context.InitialRequestMessage).Take()),
        PlaintextStreamFilter = (context, _)
            => ValueTask.FromResult(ConnectionOf(context.InitialRequestMessage).Meter(context.PlaintextStream)),
    });

    /// <summary>Sends the request; done when the headers of the answer are read.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => _invoker.SendAsync(request, cancellationToken);

    public void Dispose() => _invoker.Dispose();

    private static ProbeConnection ConnectionOf(HttpRequestMessage request)
        => request.Options.TryGetValue(ProbeConnection.Key, out var connection)
            ? connection
            : throw new InvalidOperationException("The request has no connection.");
}

using System.Text;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>
/// Sends requests, several over one connection. The certificate of the server is checked against what the machine trusts; redirects,
/// cookies and proxies are not used. What the server does is a value, never an exception.
/// </summary>
/// <param name="connector">Connects, where the egress policy allows it.</param>
/// <param name="timeout">How long a request may take, connecting included, until the answer is there.</param>
/// <param name="clock">The clock.</param>
internal sealed class HttpSender(HostConnector connector, TimeSpan timeout, TimeProvider clock) : IChannelSender<HttpCall, HttpAnswer>
{
    /// <summary>The most bytes of a body that are read.</summary>
    public const int LargestBody = 64 * 1024;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (context, cancellationToken) => new System.Net.Sockets.NetworkStream(
            await connector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken), ownsSocket: true),
    });

    public async Task<HttpAnswer?> SendAsync(HttpCall request, Func<CancellationToken, Task<bool>> mayBegin, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var content = new GuardedContent(Encoding.UTF8.GetBytes(request.Body), request.ContentType, () => mayBegin(either.Token));
        try
        {
            using var message = MessageOf(request, content);
            using var answer = await _http.SendAsync(message, either.Token);
            return new HttpAnswer
            {
                Status = (int)answer.StatusCode,
                RetryAfter = answer.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.First() : null,
                Body = await ReadAsync(answer, either.Token),
                At = clock.GetUtcNow(),
            };
        }
        catch (Exception) when (content.Thrown is { } thrown)
        {
            thrown.Throw(); // an exception of mayBegin is no fault of the server
            return null;
        }
        catch (Exception) when (content.IsForbidden)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HttpFaults.Silent(request, timeout);
        }
        catch (Exception e) when (HttpFaults.Of(request, e) is not null)
        {
            return HttpFaults.Of(request, e);
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage MessageOf(HttpCall call, HttpContent content)
    {
        var message = new HttpRequestMessage(call.Method, call.Url) { Content = content };
        foreach (var (name, value) in call.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                content.Headers.TryAddWithoutValidation(name, value); // Content-Language and the like
            }
        }

        return message;
    }

    // The status decides. A body that breaks off changes nothing.
    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var bytes = new byte[LargestBody];
        var length = 0;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            while (length < bytes.Length && await body.ReadAsync(bytes.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // What has arrived is enough.
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}

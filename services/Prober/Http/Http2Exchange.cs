using System.Net;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>One request of HTTP/2 and its answer on a connection that was made for them, by an HTTP client of their own: a shared one would share connections, too.</summary>
internal sealed class Http2Exchange(BodyReader bodies)
{
    /// <summary>Runs until the answer is read, in full or to the cap.</summary>
    /// <exception cref="HttpRequestException">The target's fault (<see cref="AnswerFaults"/>).</exception>
    /// <exception cref="IOException">The same.</exception>
    /// <exception cref="InvalidDataException">The body is not compressed as its header says.</exception>
    public async Task RunAsync(HttpHop hop, Stream connection, ProbeTrace trace, CancellationToken cancellationToken)
    {
        using var client = ClientOn(connection);
        using var message = Http2Request.Of(hop);
        trace.Sent(); // more passes than the request and its answer: when the one is sent and the other begins cannot be seen
        using var response = await client.SendAsync(message, cancellationToken);
        var answer = new Answer(new Http2Head(response), hop.IsOfTarget);
        trace.Received(answer);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        answer.Wish = hop.WishOfBody(answer);
        await bodies.ReadAsync(body, answer, answer.Wish.Value, trace, cancellationToken);
    }

    // It adds nothing of its own: no redirects, cookies, proxy, decompression or tracing headers.
    private static HttpMessageInvoker ClientOn(Stream connection)
    {
        var isTaken = false;
        return new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = Http1Reader.MaxHeadKib,
            MaxResponseDrainSize = 0,
            ConnectCallback = (_, _) => ValueTask.FromResult(Take()),
        });

        // It would repeat a request that got no answer, and hide just what a probe looks for.
        Stream Take()
        {
            if (isTaken)
            {
                throw new IOException("A probe has one connection.");
            }

            isTaken = true;
            return connection;
        }
    }
}

using System.Net;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// An HTTP/2 request and its answer on a connection that was made for them, by a client that was made for them, too: a shared client would
/// share connections.
/// </summary>
internal sealed class Http2Exchange(BodyReader bodies)
{
    /// <summary>Runs until the answer is read, in full or to the cap.</summary>
    /// <exception cref="HttpRequestException">The target's fault (<see cref="AnswerFaults"/>).</exception>
    /// <exception cref="IOException">The target's fault (<see cref="AnswerFaults"/>).</exception>
    /// <exception cref="InvalidDataException">The body is not compressed as its header says.</exception>
    public async Task RunAsync(HttpHop hop, Stream connection, ProbeTrace trace, CancellationToken cancellationToken)
    {
        using var client = ClientOn(connection);
        using var message = Http2Request.Of(hop);
        trace.Sent(); // the client does not show when the request has been sent and when the answer begins
        using var response = await client.SendAsync(message, cancellationToken);
        var answer = new Answer(new Http2Head(response), hop.IsOfTarget);
        trace.Received(answer);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        answer.Wish = hop.WishOfBody(answer);
        await bodies.ReadAsync(body, answer, answer.Wish.Value, trace, cancellationToken);
    }

    // The client adds nothing: no redirects, cookies, proxy, decompression or tracing headers.
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

        // With a second connection the client would repeat a request that got no answer, and hide just what a probe looks for.
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

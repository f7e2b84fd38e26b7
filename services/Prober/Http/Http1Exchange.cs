using Skypunch.Prober.Answers;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// An HTTP/1.1 request and its answer on a connection that was made for them (RFC 9112). <see cref="HttpClient"/> is made for many requests
/// over connections that it keeps. Here the connection is at hand, and the moments that a probe reports are taken where they happen
/// (decision 10).
/// </summary>
internal sealed class Http1Exchange(BodyReader bodies)
{
    /// <summary>Runs until the answer is read, in full or to the cap.</summary>
    /// <exception cref="IOException">The target's fault (<see cref="AnswerFaults"/>).</exception>
    /// <exception cref="InvalidDataException">The body is not compressed as its header says.</exception>
    public async Task RunAsync(HttpHop hop, Stream connection, ProbeTrace trace, CancellationToken cancellationToken)
    {
        var fault = await SendAsync(Http1Request.Write(hop), connection, trace, cancellationToken);
        using var reader = new Http1Reader(connection, trace);
        Http1Head head;
        try
        {
            head = await reader.ReadHeadAsync(cancellationToken);
        }
        catch (HttpIOException) when (fault is not null && trace.Phase is ProbePhase.Wait)
        {
            throw fault; // no byte of an answer came
        }
        catch
        {
            if (reader.BegunHead() is { } begun)
            {
                trace.Received(new Answer(begun, hop.IsOfTarget)); // the status is known, whatever became of the rest
            }

            throw;
        }

        var answer = new Answer(head, hop.IsOfTarget);
        trace.Received(answer);
        answer.Wish = hop.WishOfBody(answer);
        await bodies.ReadAsync(Http1Body.Of(reader, head, hop.Method), answer, answer.Wish.Value, trace, cancellationToken);
    }

    // A server may answer before it has read the whole request, with a 413 or an alert of TLS, and hang up. Then that answer is what the
    // probe has found, and not the broken connection.
    private static async ValueTask<IOException?> SendAsync(byte[] request, Stream connection, ProbeTrace trace, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WriteAsync(request, cancellationToken);
            trace.Sent();
            return null;
        }
        catch (IOException e) when (!cancellationToken.IsCancellationRequested)
        {
            trace.SentInPart();
            return e;
        }
    }
}

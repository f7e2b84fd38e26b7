using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>The one connection of a probe, made before the request and handed to the HTTP client with it.</summary>
internal sealed class ProbeConnection(Stream stream, bool isHttp2, ProbeTrace trace) : IDisposable
{
    /// <summary>Where the request carries it.</summary>
    public static readonly HttpRequestOptionsKey<ProbeConnection> Key = new("Skypunch.ProbeConnection");

    private bool _taken;

    /// <summary>Hands over the connection, once.</summary>
    /// <exception cref="IOException">The HTTP client asked for another one: it would repeat a request that got no answer, and hide just
    /// what a probe looks for.</exception>
    public Stream Take()
    {
        if (_taken)
        {
            throw new IOException("A probe has one connection.");
        }

        _taken = true;
        return stream;
    }

    /// <summary>Shows the trace what passes. Over HTTP/2 more passes than the request and its answer.</summary>
    public Stream Meter(Stream plaintext) => isHttp2 ? plaintext : new MeteredStream(plaintext, trace);

    public void Dispose() => stream.Dispose();
}

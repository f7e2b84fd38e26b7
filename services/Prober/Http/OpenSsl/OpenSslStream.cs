using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Skypunch.Prober.Http.OpenSsl;

/// <summary>
/// A TLS connection to a server that was made for one request: one caller at a time, no resumption, no second handshake, no client
/// certificate. What the handshake has to say last goes out together with the request.
/// </summary>
internal sealed class OpenSslStream : Stream
{
    private const int LongestRecord = 16 * 1024; // RFC 8446, section 5.1
    private const int ReceivedAtOnce = 8 * 1024; // a usual chain of certificates; a buffer is kept while the server is waited for

    private readonly Socket _socket;
    private readonly OpenSslConnection _connection;

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <param name="socket">A connected socket, which stays the caller's and must outlive this.</param>
    /// <param name="host">The name that the server is asked for.</param>
    /// <exception cref="InsufficientMemoryException">OpenSSL has no memory left.</exception>
    public OpenSslStream(Socket socket, string host)
    {
        _socket = socket;
        _connection = new OpenSslConnection(host);
    }

    /// <summary>The version of TLS that both sides have agreed on.</summary>
    public string Version => _connection.Version;

    /// <summary>The cipher suite that both sides have agreed on.</summary>
    public TlsCipherSuite CipherSuite => _connection.CipherSuite;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Shakes hands. No certificate is checked: <see cref="ReadCertificates"/>.</summary>
    /// <exception cref="IOException">
    /// The connection was closed; broke, with a <see cref="SocketException"/> within; or both sides cannot agree, with an
    /// <see cref="AuthenticationException"/> within.
    /// </exception>
    public async ValueTask HandshakeAsync(CancellationToken cancellationToken)
    {
        while (!_connection.TryHandshake())
        {
            if (!await ReceiveAsync(cancellationToken))
            {
                throw new IOException("The server has closed the connection during the handshake.");
            }
        }
    }

    /// <summary>The certificates that the server has sent, its own first, each as DER.</summary>
    public ReadOnlyMemory<byte>[] ReadCertificates() => _connection.ReadCertificates();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int? count = 0;
        while (buffer.Length > 0 && (count = _connection.TryRead(buffer.Span)) is null)
        {
            if (!await ReceiveAsync(cancellationToken))
            {
                // Many servers send no alert before they close the connection. Within a record, something is missing in any case.
                return _connection.IsInRecord ? throw new IOException("The connection ended within a record.") : 0;
            }
        }

        return count ?? 0;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var record = buffer[..Math.Min(buffer.Length, LongestRecord)];
            _connection.Write(record.Span);
            await FlushAsync(cancellationToken);
            buffer = buffer[record.Length..];
        }
    }

    /// <summary>Sends what OpenSSL has written.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (_connection.ToSend is var count and > 0)
        {
            var bytes = ArrayPool<byte>.Shared.Rent(Math.Min(count, 2 * LongestRecord));
            try
            {
                var rest = bytes.AsMemory(0, _connection.TakeWritten(bytes));
                while (rest.Length > 0)
                {
                    rest = rest[await SendAsync(rest, cancellationToken)..];
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connection.Dispose();
        }

        base.Dispose(disposing);
    }

    // False: the server has closed the connection.
    private async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken); // the server may wait for it: the handshake, or an answer to a change of keys
        var bytes = ArrayPool<byte>.Shared.Rent(ReceivedAtOnce);
        try
        {
            var count = await _socket.ReceiveAsync(bytes, cancellationToken);
            if (count > 0)
            {
                _connection.Receive(bytes.AsSpan(0, count));
            }

            return count > 0;
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
